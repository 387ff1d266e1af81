import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { readConfig } from '../config';
import type { SandboxProcess } from '../demo/sandbox-process';
import { startHub } from '../hub';
import { headStart } from './head-start';

const log = pino({ level: 'silent' });
const SECRET = 'a-secret-that-is-only-for-tests-0123456789';
const NOBODY_LISTENS = 'postgres://nobody:nothing@127.0.0.1:1/nowhere';

describe('the programs beside the hub', () => {
  it('are none for a hub outside the demo that has a database', async () => {
    const config = readConfig({ DATABASE_URL: NOBODY_LISTENS, HUB_SECRET: SECRET });
    expect(await headStart(config, log)).toEqual({ postgres: undefined, sandbox: undefined });
  });

  it('say that they cannot start to whoever needs them, and not before', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'claimline-head-start-'));
    writeFileSync(path.join(folder, 'a-file'), '');
    const { postgres } = await headStart(readConfig({ HUB_DATA: path.join(folder, 'a-file'), HUB_DEMO: 'false' }), log);
    await new Promise((resolve) => setImmediate(resolve));
    await expect(postgres).rejects.toThrow('ENOTDIR');
    rmSync(folder, { recursive: true });
  });

  it('do not outlive a hub that finds no database', async () => {
    const config = readConfig({ DATABASE_URL: NOBODY_LISTENS, HUB_DEMO: 'true', HUB_SECRET: SECRET });
    const stop = jest.fn(async () => undefined);
    const sandbox = Promise.resolve({ stop } as unknown as SandboxProcess);
    await expect(startHub(config, log, { postgres: undefined, sandbox })).rejects.toThrow('ECONNREFUSED');
    expect(stop).toHaveBeenCalledTimes(1);
  });
});
