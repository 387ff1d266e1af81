import { ownTestServer, testRunFolder } from './config';
import { removeRunFolder } from './run-folder';
import { dropTemplate } from './template-name';

/** Jest's global teardown: the server of the run is stopped and its folder removed; on a server of one's own the template goes. */
export default async function globalTeardown(): Promise<void> {
  const own = ownTestServer();
  if (own !== undefined) await dropTemplate(own, testRunFolder());
  await removeRunFolder(testRunFolder());
}
