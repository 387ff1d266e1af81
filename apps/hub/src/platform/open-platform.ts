import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Database, Liveness, migrate, Seal, ShiftedClock, systemClock, Wakeups, type EmbeddedPostgres } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { Config } from '../config';
import { startEmbedded } from './embedded';
import { keepPostgres } from './keep-postgres';
import type { Platform } from './platform.module';

/** A platform with the way to leave it. */
export interface OpenPlatform extends Platform {
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/**
 * Brings up what everything else stands on: the database (embedded where no other is named), its schema, secrets and the clock.
 * `postgres` is the embedded server where its start has begun already.
 */
export async function openPlatform(config: Config, log: Log, postgres?: Promise<EmbeddedPostgres>): Promise<OpenPlatform> {
  const embedded = config.databaseUrl ? undefined : await (postgres ?? startEmbedded(config, log));
  try {
    return await openOver(embedded, config, log);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function openOver(embedded: EmbeddedPostgres | undefined, config: Config, log: Log): Promise<OpenPlatform> {
  const databaseUrl = config.databaseUrl ?? embedded!.url;
  await migrate(databaseUrl);
  const database = await Database.open({ url: databaseUrl, applicationName: `claimline ${config.role}` });
  const wakeups = new Wakeups(database, databaseUrl);
  const liveness = new Liveness(databaseUrl);
  await Promise.all([wakeups.open(), liveness.open()]);
  database.steady.follow(wakeups);
  const seal = new Seal(config.secrets.length > 0 ? config.secrets : [await embeddedSecret(config.dataFolder)]);
  // Last: whoever cannot start stops PostgreSQL, and nobody is to bring it back.
  const letPostgresGo = embedded ? keepPostgres(embedded, log) : () => Promise.resolve();
  return {
    config,
    database,
    wakeups,
    liveness,
    seal,
    log,
    clock: config.demo ? new ShiftedClock() : systemClock,
    databaseUrl,
    async close() {
      await Promise.all([wakeups.close(), liveness.close()]);
      await database.close();
      await letPostgresGo();
      await embedded?.stop();
    },
  };
}

/** The secret of an embedded hub: made once, beside its database, readable by its owner only. */
async function embeddedSecret(folder: string): Promise<string> {
  const file = path.resolve(folder, 'secret');
  await mkdir(path.dirname(file), { recursive: true });
  // Two hubs that start at once agree on one: `wx` lets exactly one of them write.
  await writeFile(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}
