import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedPostgres } from '@claimline/database';
import type { Log } from '@claimline/messages';

const LOOK_MS = 500;

/** Looks after the embedded PostgreSQL while the hub runs: one that was killed or stopped comes back by itself. Returns how to stop looking. */
export function keepPostgres(server: Pick<EmbeddedPostgres, 'revive'>, log: Log): () => Promise<void> {
  const leaving = new AbortController();
  const looking = (async () => {
    while (!leaving.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: leaving.signal }).catch(() => undefined);
      if (leaving.signal.aborted) return;
      await server.revive().catch((error: unknown) => log.error({ error: String(error) }, 'PostgreSQL does not start; trying again'));
    }
  })();
  return () => {
    leaving.abort();
    return looking;
  };
}
