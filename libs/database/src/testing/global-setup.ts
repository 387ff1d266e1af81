import { handTestRunFolder, ownTestServer } from './config';
import { makeRunFolder, sweepDeadRuns } from './run-folder';

/** Jest's global setup: a fresh folder for the run. The server itself starts with the first spec that opens a database, so a run of pure decisions waits for nothing. */
export default async function globalSetup(): Promise<void> {
  if (ownTestServer() === undefined) await sweepDeadRuns();
  handTestRunFolder(makeRunFolder());
}
