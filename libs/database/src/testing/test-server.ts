import path from 'node:path';
import { startEmbeddedPostgres, type ServerSettings } from '../embedded';
import { ownTestServer, testRunFolder } from './config';
import { readServer, writeServer } from './run-folder';

/** Nothing here survives the run, so nothing waits for the disk; and no background process gets in the way of a clone or changes a plan. */
const THROW_AWAY: ServerSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  shared_buffers: '128MB',
  max_wal_size: '256MB', // the data may lie in memory
  file_copy_method: 'clone', // a clone of the template takes a third of the time
};

/** The administrator's address of the test server, which starts on the first call of a run in whichever worker that is. */
export async function testServerUrl(): Promise<string> {
  const own = ownTestServer();
  if (own !== undefined) return own;
  const folder = testRunFolder();
  const known = readServer(folder);
  if (known) return known.adminUrl;
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), settings: THROW_AWAY });
  writeServer(folder, { adminUrl: server.url, dataDir: server.dataDir });
  return server.url;
}
