import type { EmbeddedPostgres } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { Config } from '../config';
import { SandboxProcess } from '../demo/sandbox-process';
import { startEmbedded } from './embedded';

/** The programs beside the hub, while they start; absent where the configuration wants none. */
export interface HeadStart {
  readonly postgres: Promise<EmbeddedPostgres> | undefined;
  readonly sandbox: Promise<SandboxProcess> | undefined;
}

/**
 * Starts the programs beside the hub, and resolves when their processes run, which is before they are ready: loading the hub's own modules keeps
 * this thread for a second or two, and they use it. Rejections wait in the promises for whoever needs the program.
 */
export async function headStart(config: Config, log: Log): Promise<HeadStart> {
  const postgres = config.databaseUrl ? undefined : await launchPostgres(config, log);
  const sandbox = config.demo ? SandboxProcess.start(log) : undefined;
  sandbox?.catch(() => undefined);
  return { postgres: postgres?.ready, sandbox };
}

// In an object, because a promise of a promise would wait for both.
function launchPostgres(config: Config, log: Log): Promise<{ ready: Promise<EmbeddedPostgres> }> {
  return new Promise((resolve) => {
    const ready = startEmbedded(config, log, () => resolve({ ready }));
    ready.then(
      () => resolve({ ready }),
      () => resolve({ ready }),
    );
  });
}
