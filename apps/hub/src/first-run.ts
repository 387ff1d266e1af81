import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { systemClock, type Clock } from '@claimline/database';
import { Accounts, Audit, Brands, hashPassword } from '@claimline/people';
import { z } from 'zod';
import { ConfigError, readConfig } from './config';
import { makeLog } from './platform/log';
import { openPlatform } from './platform/open-platform';
import type { Platform } from './platform/platform.module';

const USAGE = `Usage: npm run first-run -- --email <address> --name <your name> --brand <name of the insurer>
         [--language en|zh-CN] [--zone <IANA zone>] [--password-stdin]

Makes the first brand and its administrator in the database that DATABASE_URL names (else in the embedded one, with HUB_DEMO=false).
Without --password-stdin a password is made and printed once.`;

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
};

/** Who runs the hub first, and for which brand. */
const FirstRun = z.object({
  email: z.email('not an e-mail address'),
  name: z.string().trim().min(1, 'missing').max(200),
  brand: z.string().trim().min(1, 'missing').max(200),
  language: z.enum(['en', 'zh-CN']).default('en'),
  zone: z.string().refine(isZone, 'not an IANA time zone').default('UTC'),
  password: z.string().min(12, 'at least 12 characters').max(200),
});
export type FirstRun = z.infer<typeof FirstRun>;

/** Thrown with a sentence for the person at the terminal. */
export class FirstRunRefused extends Error {
  override readonly name = 'FirstRunRefused';
}

/** Reads what was typed. `given` is the password from standard input; without one it is made. @throws FirstRunRefused */
export function readFirstRun(args: readonly string[], given: string | undefined): FirstRun {
  const read = FirstRun.safeParse({ ...options(args), password: given ?? randomBytes(18).toString('base64url') });
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
  throw new FirstRunRefused(`${wrong.join('\n')}\n\n${USAGE}`);
}

/** Makes the brand and the administrator, both or neither. @throws FirstRunRefused where somebody can sign in already */
export async function makeFirst({ database, config }: Pick<Platform, 'database' | 'config'>, first: FirstRun, clock: Clock): Promise<void> {
  const passwordHash = await hashPassword(first.password);
  const accounts = new Accounts(config.demo);
  await database.transaction(async (tx) => {
    if (!(await accounts.isEmpty(tx))) throw new FirstRunRefused('This database has accounts already; the first run is over.');
    const at = clock.now();
    await new Brands().make(tx, { key: keyOf(first.brand), name: first.brand, language: first.language, timeZone: first.zone }, at);
    const id = await accounts.make(
      tx,
      { email: first.email, name: first.name, passwordHash, role: 'administrator', locale: first.language },
      at,
    );
    const facts = { role: 'administrator', first: true };
    await new Audit().record(tx, {
      actor: { kind: 'hub', id: null },
      action: 'account.make',
      subject: 'account',
      subjectId: id,
      facts,
      at,
    });
  });
}

// Claim events name a brand by its key: Latin letters of the name, else the general one.
const keyOf = (brand: string): string =>
  brand
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'main';

function options(args: readonly string[]): Record<string, unknown> {
  const text = { type: 'string' } as const;
  const known = { email: text, name: text, brand: text, language: text, zone: text, 'password-stdin': { type: 'boolean' } as const };
  try {
    return { ...parseArgs({ args: [...args], options: known, strict: true }).values };
  } catch (error) {
    throw new FirstRunRefused(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function lineFrom(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of input) text += String(chunk);
  return text.split(/\r?\n/)[0] ?? '';
}

/** The whole command: reads, migrates, makes, and says what to do next. */
export async function firstRun(args: readonly string[], say: (line: string) => void): Promise<void> {
  const config = readConfig();
  if (config.demo)
    throw new FirstRunRefused(
      'A demo brings its own people. Set DATABASE_URL, or HUB_DEMO=false for the embedded database, and run this again.',
    );
  const isGiven = args.includes('--password-stdin');
  const first = readFirstRun(args, isGiven ? await lineFrom(process.stdin) : undefined);
  const platform = await openPlatform(config, makeLog('silent'));
  try {
    await makeFirst(platform, first, systemClock);
  } finally {
    await platform.close();
  }
  say(`${first.brand} has an administrator now: ${first.email}`);
  if (!isGiven) say(`Password (shown this once): ${first.password}`);
  say('Start the hub with the same settings and sign in.');
}

if (require.main === module) {
  firstRun(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)).catch((error: unknown) => {
    const isOurs = error instanceof FirstRunRefused || error instanceof ConfigError;
    process.stderr.write(`${isOurs ? (error as Error).message : String((error as Error)?.stack ?? error)}\n`);
    process.exitCode = isOurs ? 2 : 1;
  });
}
