import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { inSource } from './readable-stacks';

// The types and the empty line go when it is built: what stands in its third line then stands in an earlier one.
const SOURCE = `interface Gone { readonly name: string }

export function broken(): never { throw new Error('no'); }
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'claimline-stacks-'));
  const { code, map } = transformSync(SOURCE, {
    filename: path.join(folder, 'broken.ts'),
    sourceMaps: true,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  writeFileSync(path.join(folder, 'broken.js'), code);
  writeFileSync(path.join(folder, 'broken.js.map'), map!);
  writeFileSync(path.join(folder, 'torn.js'), code);
  writeFileSync(path.join(folder, 'torn.js.map'), map!.slice(0, 40));
});

afterAll(() => rmSync(folder, { recursive: true }));

function frameIn(file: string): { frame: NodeJS.CallSite; said: string } {
  const { code } = transformSync(SOURCE, { swcrc: false, jsc: { parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } });
  const lines = code.split('\n');
  const line = lines.findIndex((text) => text.includes('throw')) + 1;
  const column = lines[line - 1]!.indexOf('throw') + 1;
  const said = `broken (${file}:${line}:${column})`;
  const frame = { getFileName: () => file, getLineNumber: () => line, getColumnNumber: () => column, toString: () => said };
  return { frame: frame as unknown as NodeJS.CallSite, said };
}

describe('a line of a stack', () => {
  it('names the source of a built file', () => {
    const { frame } = frameIn(path.join(folder, 'broken.js'));
    expect(inSource(frame, folder)).toBe(`broken (${path.join(folder, 'broken.ts')}:3:35)`);
  });

  it.each([
    ['outside of what was built', 'broken.js', '/somewhere/else'],
    ['without a map', 'none.js', ''],
    ['with a map that a build was writing', 'torn.js', ''],
  ])('stays as it is for a file %s', (_, name, built) => {
    const { frame, said } = frameIn(path.join(folder, name));
    expect(inSource(frame, built || folder)).toBe(said);
  });
});
