import { spawn } from 'node:child_process';
import path from 'node:path';
import { DIST } from './built';

/** What a command line said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs a built program (`apps/hub/src/first-run`) as `npm run …` does, with nothing of our own environment but the way to node. */
export function runCommand(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = '',
): Promise<Ended> {
  const main = path.join(DIST, `${program}.js`);
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString('utf8')));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}
