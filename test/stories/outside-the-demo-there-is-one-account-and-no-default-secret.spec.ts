import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../world/command';
import { ConsoleClient } from '../world/console-client';
import { HubProcess } from '../world/hub-process';
import { openFolder } from '../world/open-folder';

const FIRST_RUN = 'apps/hub/src/first-run';
const WHO = ['--email', 'boss@example.test', '--name', 'Li Na', '--brand', 'An He', '--zone', 'Asia/Shanghai'];
const PASSWORD = 'correct horse battery staple';

let folder: string;
let outside: Record<string, string>;
let hub: HubProcess | undefined;

beforeAll(async () => {
  folder = await openFolder('claimline-outside-');
  outside = { HUB_DEMO: 'false', HUB_DATA: path.join(folder, 'data'), HUB_FILES: path.join(folder, 'files') };
});
afterAll(async () => {
  await hub?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the first run is refused for a demo, and without a secret for a database of one’s own', async () => {
  const demo = await runCommand(FIRST_RUN, WHO, { HUB_DATA: outside.HUB_DATA! });
  expect([demo.code, demo.said]).toEqual([2, expect.stringContaining('HUB_DEMO=false')]);
  for (const program of [FIRST_RUN, 'apps/hub/src/main']) {
    const bare = await runCommand(program, WHO, { DATABASE_URL: 'postgres://127.0.0.1:1/none', PORT: '0' });
    expect([bare.code, bare.said]).toEqual([2, expect.stringContaining('HUB_SECRET: missing; make one with: openssl rand -base64 48')]);
    expect(bare.said).not.toContain('127.0.0.1:1');
  }
});

test('an embedded hub outside the demo has the one account of the first run and nothing of the demo', async () => {
  const first = await runCommand(FIRST_RUN, [...WHO, '--password-stdin'], outside, `${PASSWORD}\n`);
  expect([first.code, first.said]).toEqual([0, expect.stringContaining('An He has an administrator now')]);
  expect(first.said).not.toContain(PASSWORD);

  // All that it keeps lies in its folder, and so goes away with it.
  expect(existsSync(path.join(outside['HUB_DATA']!, 'postgres', 'PG_VERSION'))).toBe(true);

  hub = await HubProcess.start(outside);
  const boss = await ConsoleClient.signIn(hub.url, { email: 'boss@example.test', password: PASSWORD });
  expect(await boss.get('/api/me')).toMatchObject({
    role: 'administrator',
    demo: false,
    brand: { name: 'An He', timeZone: 'Asia/Shanghai' },
  });
  const { items } = await boss.get<{ items: { name: string }[] }>('/api/conversations');
  expect(items).toEqual([]);
  for (const page of ['/demo/manifest.json', '/demo/clock', '/demo/sandbox/outbox']) {
    const answer = await fetch(hub.url + page);
    // The console answers whatever is no file: its start page, not the demo.
    expect([page, answer.headers.get('content-type')?.split(';')[0]]).toEqual([page, 'text/html']);
    await answer.arrayBuffer();
  }
  const shifted = await boss.call('POST', '/demo/clock', { offset: '1h' });
  expect(shifted.status).toBe(404);
});

test('a second first run is refused while the hub runs', async () => {
  const again = await runCommand(FIRST_RUN, ['--email', 'x@example.test', '--name', 'X', '--brand', 'X'], outside);
  expect([again.code, again.said]).toEqual([2, expect.stringContaining('has accounts already')]);
});

test('a demo will not have that database', async () => {
  await hub!.stop();
  const demo = await runCommand('apps/hub/src/main', [], { ...outside, HUB_DEMO: 'true', PORT: '0', SMTP_PORT: '0' });
  expect([demo.code, demo.said]).toEqual([2, expect.stringContaining('was not made as a demo')]);
});
