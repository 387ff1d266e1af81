import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Thread } from '@claimline/protocol';
import { runCommand } from '../world/command';
import { ConsoleClient } from '../world/console-client';
import { HubProcess } from '../world/hub-process';
import { openFolder } from '../world/open-folder';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

const TRANSFER = 'libs/database/src/transfer/cli';
const SID = 'SM00000000000000000000000000030601';
const WORDS = 'the roof has come down in the storm';

let folder: string;
let world: World;
let restored: HubProcess | undefined;

beforeAll(async () => {
  folder = await openFolder('claimline-restore-');
  world = await World.open();
}, 240_000);
afterAll(async () => {
  await restored?.close();
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The bytes of the first stored file of a thread. */
async function picture(desk: ConsoleClient, thread: Thread): Promise<Buffer> {
  const stored = thread.items.flatMap((item) => item.attachments).find((one) => one.state === 'stored');
  const answer = await fetch(`${desk.url}/api/attachments/${stored!.id}`, { headers: desk.signedIn });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function threadWithPicture(desk: ConsoleClient): Promise<string> {
  const { items } = await desk.get<{ items: { id: string }[] }>('/api/conversations?view=all&limit=100');
  for (const { id } of items) {
    const thread = await desk.thread(id);
    if (thread.items.some((item) => item.attachments.some((one) => one.state === 'stored'))) return id;
  }
  throw new Error('no conversation has a picture');
}

test('export, the files and the secret together are the whole hub, in another place', async () => {
  const person = world.manifest.people.find((one) => one.role === 'supervisor')!;
  const desk = await world.signIn('supervisor');
  await postSms(world.sms, { from: '+15550306001', text: WORDS, sid: SID });
  const { id } = await until('the conversation', async () => (await desk.find('+15550306001')).items[0]);
  const withPicture = await threadWithPicture(desk);
  const bytes = await picture(desk, await desk.thread(withPicture));
  await world.hub.stop();

  const archive = path.join(folder, 'claims.gz');
  const data = path.join(folder, 'data');
  const files = path.join(folder, 'files');
  const out = await runCommand(TRANSFER, ['export', archive], { HUB_DATA: path.join(world.hub.folder, 'data') });
  expect([out.code, out.said]).toEqual([0, expect.stringMatching(/holds \d+ rows of \d+ tables/)]);
  await mkdir(data, { recursive: true });
  await cp(path.join(world.hub.folder, 'data', 'secret'), path.join(data, 'secret'));
  await cp(path.join(world.hub.folder, 'files'), files, { recursive: true });
  const back = await runCommand(TRANSFER, ['import', archive], { HUB_DATA: data });
  expect([back.code, back.said]).toEqual([0, expect.stringMatching(/rows of \d+ tables came in/)]);

  restored = await HubProcess.start({ HUB_DATA: data, HUB_FILES: files });
  // The same password: those of a demo are made from the secret, so it came along.
  const again = await ConsoleClient.signIn(restored.url, person);
  expect((await again.thread(id)).items.map((item) => item.text)).toContain(WORDS);
  expect(await picture(again, await again.thread(withPicture))).toEqual(bytes);
}, 240_000);

test('the restored hub works: the vendor’s repeat is known, a new message comes in and an answer goes out', async () => {
  const manifest = await restored!.manifest();
  const desk = await ConsoleClient.signIn(
    restored!.url,
    manifest.people.find((one) => one.role === 'supervisor')!,
  );
  const line = manifest.inboxes.find((one) => one.kind === 'twilio-sms') as unknown as World['sms'];
  expect((await postSms(line, { from: '+15550306001', text: WORDS, sid: SID })).status).toBeLessThan(300);
  expect((await postSms(line, { from: '+15550306001', text: 'and now the rain comes in' })).status).toBeLessThan(300);
  const { id } = await until('the conversation', async () => (await desk.find('rain comes in')).items[0]);
  expect((await desk.thread(id)).items.filter((item) => item.text === WORDS)).toHaveLength(1);
  expect((await desk.reply(id, 'we send somebody today')).status).toBe(201);
  await until('the answer', async () => {
    const received = await fetch(`${manifest.sandbox.url}/outbox?to=${encodeURIComponent('+15550306001')}`);
    return ((await received.json()) as { text: string }[]).some((one) => one.text.includes('we send somebody today'));
  });
}, 240_000);
