import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.join(__dirname, '../..');
const walls = '@nx/enforce-module-boundaries';

interface Finding {
  rule: string | null;
  text: string;
}

/** A line that somebody could write in a hurry, where they would write it, and the rule that must stop it; no rule where it is allowed. */
interface Temptation {
  title: string;
  file: string;
  code: string;
  rule?: string;
}

const temptations: Temptation[] = [
  { title: 'a domain room imports another', file: 'libs/claims/src/canary/a.ts', code: `import '@claimline/routing';`, rule: walls },
  {
    title: 'a domain room imports another by path',
    file: 'libs/claims/src/canary/b.ts',
    code: `import '../../../routing/src/index';`,
    rule: walls,
  },
  { title: 'a domain room imports a channel', file: 'libs/delivery/src/canary/a.ts', code: `import '@claimline/channels';`, rule: walls },
  { title: 'a domain room knows Nest', file: 'libs/routing/src/canary/a.ts', code: `import '@nestjs/common';`, rule: walls },
  { title: 'a domain room knows a vendor', file: 'libs/delivery/src/canary/b.ts', code: `import 'twilio';`, rule: walls },
  { title: 'a repository knows pg', file: 'libs/claims/src/canary/c.repository.ts', code: `import 'pg';`, rule: walls },
  { title: 'a decision knows TypeORM', file: 'libs/routing/src/canary/b.ts', code: `import 'typeorm';`, rule: 'no-restricted-imports' },
  { title: 'a repository knows TypeORM', file: 'libs/routing/src/canary/canary.repository.ts', code: `import 'typeorm';` },
  { title: 'an entity knows TypeORM', file: 'libs/routing/src/canary/canary.entity.ts', code: `import 'typeorm';` },
  { title: 'a domain room uses the database', file: 'libs/claims/src/canary/d.ts', code: `import '@claimline/database';` },
  {
    title: 'a domain room reads the environment',
    file: 'libs/claims/src/canary/e.ts',
    code: `export const a = process.env.PATH;`,
    rule: 'no-restricted-properties',
  },
  { title: 'messages know anything', file: 'libs/messages/src/canary/a.ts', code: `import 'zod';`, rule: walls },
  { title: 'messages import another room', file: 'libs/messages/src/canary/b.ts', code: `import '@claimline/protocol';`, rule: walls },
  { title: 'the protocol imports messages', file: 'libs/protocol/src/canary/a.ts', code: `import '@claimline/messages';` },
  { title: 'the protocol imports the database', file: 'libs/protocol/src/canary/b.ts', code: `import '@claimline/database';`, rule: walls },
  { title: 'a channel imports a domain room', file: 'libs/channels/src/canary/a.ts', code: `import '@claimline/delivery';`, rule: walls },
  { title: 'a channel knows its vendor', file: 'libs/channels/src/canary/b.ts', code: `import 'twilio';` },
  {
    title: 'a channel imports the one beside it',
    file: 'libs/channels/src/canary/c.ts',
    code: `import '../canary-beside/d';`,
    rule: 'claimline/no-siblings',
  },
  { title: 'a channel stands beside another', file: 'libs/channels/src/canary-beside/d.ts', code: `export const a = 1;` },
  {
    title: 'the hub reaches into a room',
    file: 'apps/hub/src/canary/a.ts',
    code: `import '@claimline/routing/src/index';`,
    rule: 'no-restricted-imports',
  },
  { title: 'the hub knows a vendor', file: 'apps/hub/src/canary/b.ts', code: `import 'twilio';`, rule: walls },
  { title: 'the hub knows pg', file: 'apps/hub/src/canary/c.ts', code: `import 'pg';`, rule: walls },
  {
    title: 'the hub opens the test door',
    file: 'apps/hub/src/canary/d.ts',
    code: `import '@claimline/database/testing';`,
    rule: 'no-restricted-imports',
  },
  {
    title: 'the hub uses every room',
    file: 'apps/hub/src/canary/e.ts',
    code: `import '@claimline/routing';\nimport '@claimline/channels';`,
  },
  {
    title: 'the sandbox opens a channel',
    file: 'apps/sandbox/src/canary/a.ts',
    code: `import '@claimline/channels';`,
    rule: 'no-restricted-imports',
  },
  { title: 'the sandbox hosts simulators', file: 'apps/sandbox/src/canary/b.ts', code: `import '@claimline/channels/simulators';` },
  {
    title: 'the console imports a domain room',
    file: 'apps/agent-console/src/canary/a.ts',
    code: `import '@claimline/claims';`,
    rule: walls,
  },
  {
    title: 'a feature of the console imports the one beside it',
    file: 'apps/agent-console/src/features/canary/a.ts',
    code: `import '../canary-beside/b';`,
    rule: 'claimline/no-siblings',
  },
  {
    title: 'a screen asks again and again',
    file: 'apps/agent-console/src/canary/b.ts',
    code: `export const a = { refetchInterval: 30_000 };`,
    rule: 'no-restricted-syntax',
  },
  {
    title: 'a screen reads again when something changes by the clock',
    file: 'apps/agent-console/src/canary/c.ts',
    code: `export const a = { refetchInterval: () => 30_000 };`,
  },
  {
    title: 'a feature of the console stands alone',
    file: 'apps/agent-console/src/features/canary-beside/b.ts',
    code: `export const a = 1;`,
  },
  { title: 'a story imports the hub', file: 'test/canary/canary/a.ts', code: `import '../../../apps/hub/src/main';`, rule: walls },
  { title: 'a story imports a domain room', file: 'test/canary/canary/b.ts', code: `import '@claimline/claims';`, rule: walls },
];

const absolute = (file: string) => path.join(root, file);
const folders = [...new Set(temptations.map(({ file }) => absolute(path.dirname(file))))];
const clean = () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));

/** Lints every temptation in one go; nx makes its project graph first, without which the rule about rooms checks nothing. */
async function lintAll(): Promise<Map<string, Finding[]>> {
  const options = { cwd: root, env: { ...process.env, NX_DAEMON: 'false' }, maxBuffer: 50_000_000 };
  await run(process.execPath, ['node_modules/nx/dist/bin/nx.js', 'show', 'projects'], options);
  const files = temptations.map(({ file }) => file);
  const linted = run(process.execPath, ['node_modules/eslint/bin/eslint.js', '--format', 'json', ...files], options);
  const { stdout } = await linted.catch((error: { stdout: string }) => error); // it exits 1 where it finds something
  const results = JSON.parse(stdout.slice(stdout.indexOf('[{'))) as {
    filePath: string;
    messages: { ruleId: string | null; message: string }[];
  }[];
  return new Map(
    results.map((result) => [result.filePath, result.messages.map(({ ruleId, message }) => ({ rule: ruleId, text: message }))]),
  );
}

describe('the walls between the rooms', () => {
  let findings: Map<string, Finding[]>;

  beforeAll(async () => {
    clean();
    for (const { file, code } of temptations) {
      mkdirSync(path.dirname(absolute(file)), { recursive: true });
      writeFileSync(absolute(file), `${code}\n`);
    }
    findings = await lintAll();
  }, 180_000);

  afterAll(clean);

  it.each(temptations.filter(({ rule }) => rule))('refuse: $title', ({ file, rule }) => {
    expect(findings.get(absolute(file))).toEqual([{ rule, text: expect.any(String) }]);
  });

  it.each(temptations.filter(({ rule }) => !rule))('let pass: $title', ({ file }) => {
    expect(findings.get(absolute(file))).toEqual([]);
  });
});
