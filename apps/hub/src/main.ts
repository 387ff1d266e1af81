import 'reflect-metadata';
import { ConfigError, readConfig, type Config } from './config';
import { DemoRefused } from './demo/demo-guard';
import type { RunningHub } from './hub';
import { headStart } from './platform/head-start';
import { makeLog } from './platform/log';
import { readableStacks } from './platform/readable-stacks';

// Longer than any single piece of work; shorter than the thirty seconds that orchestrators wait before they kill.
const LAST_SECONDS_MS = 25_000;

async function main(): Promise<void> {
  readableStacks();
  const config = configOrExit();
  const log = makeLog(config.logLevel);
  const begun = await headStart(config, log);
  // Only now, when PostgreSQL and the sandbox start beside it: loading the hub's modules takes longer than either.
  const { startHub } = await import('./hub.js');
  const hub = await startHub(config, log, begun);
  if (hub.welcome) console.log(hub.welcome);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void leave(hub));
}

// Our own, not Nest's shutdown hooks: those end the process before the database is stopped.
async function leave(hub: RunningHub): Promise<void> {
  setTimeout(() => process.exit(1), LAST_SECONDS_MS).unref();
  await hub.stop();
  process.exit(0);
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(`The hub cannot start with these settings:\n${error.message}`);
    process.exit(2);
  }
}

main().catch((error: unknown) => {
  if (error instanceof DemoRefused) {
    console.error(error.message);
    process.exit(2);
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
});
