import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { Config } from '../config';

/** Starts the hub's own PostgreSQL in its data folder, or adopts the one that runs there. `launched` is told once its process has been started. */
export function startEmbedded(config: Config, log: Log, launched?: () => void): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataDir: path.resolve(config.dataFolder, 'postgres'),
    log: (line: string) => log.info({ from: 'postgres' }, line),
    launched,
  });
}
