import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { claimToken, isTokenAlive } from './process-table';

/** Enters this process into the folder of those who use the server, and answers the name of its entry. Call it under the start lock. */
export function enter(holdersDir: string): string {
  mkdirSync(holdersDir, { recursive: true, mode: 0o700 });
  const token = claimToken();
  writeFileSync(path.join(holdersDir, token), '');
  return token;
}

/** Takes the entry out and answers how many living processes still use the server; entries of dead ones are cleared away. Call it under the start lock. */
export function leave(holdersDir: string, token: string): number {
  rmSync(path.join(holdersDir, token), { force: true });
  const { living, dead } = holdersOf(holdersDir);
  for (const name of dead) rmSync(path.join(holdersDir, name), { force: true });
  return living.length;
}

function holdersOf(holdersDir: string): { living: string[]; dead: string[] } {
  const names = readdirSync(holdersDir);
  return { living: names.filter(isTokenAlive), dead: names.filter((name) => !isTokenAlive(name)) };
}
