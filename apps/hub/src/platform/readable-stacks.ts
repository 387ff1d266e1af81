import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

// dist/apps/hub/src/platform → dist: only what was built here has maps worth reading.
const BUILT = `${path.resolve(__dirname, '..', '..', '..', '..')}${path.sep}`;
// Some thirty kilobytes each; a hub that runs for a year must not come to hold them all.
const MAPS_KEPT = 50;

const maps = new Map<string, SourceMap | undefined>();

/**
 * Makes stacks name the lines of the TypeScript sources, as `--enable-source-maps` does. That reads every map when its module is loaded, which costs
 * the hub some twenty megabytes for good; here a map is read when a stack that runs through its file is asked for.
 */
export function readableStacks(): void {
  Error.prepareStackTrace = (error, frames) => [headline(error), ...frames.map((frame) => `    at ${inSource(frame, BUILT)}`)].join('\n');
}

/** One line of a stack, in its source where that is known and the file lies in `built`. Never raises: it runs in the middle of somebody else's error. */
export function inSource(frame: NodeJS.CallSite, built: string): string {
  const said = String(frame);
  const file = frame.getFileName();
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (!file?.startsWith(built) || line === null || column === null) return said;
  const entry = mapOf(file)?.findEntry(line - 1, column - 1);
  if (!entry || !('originalSource' in entry)) return said;
  const source = path.resolve(path.dirname(file), entry.originalSource);
  return said.replace(`${file}:${line}:${column}`, `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
}

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) {
    if (maps.size >= MAPS_KEPT) maps.clear();
    maps.set(file, readMap(file));
  }
  return maps.get(file);
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]);
  } catch {
    return undefined; // removed, or half written by a build: the line of the built file says enough
  }
}

function headline(error: Error): string {
  try {
    return String(error);
  } catch {
    return 'an error that cannot be written out';
  }
}
