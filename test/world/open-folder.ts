import { chmod, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * A new temporary folder that every user may pass through. Under root the database runs as another user; where that one cannot
 * get in, its data would go to a shelter outside of the folder and stay there after the test.
 */
export async function openFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), prefix));
  await chmod(folder, 0o755);
  return folder;
}
