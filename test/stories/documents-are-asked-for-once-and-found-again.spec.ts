import type { ClaimDocuments, DocumentItem, DocumentSteps, PortalDocuments } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { World } from '../world/world';

const DAY = 24 * 3_600_000;
const NUMBER = 'CLM-2026-770001';
const PHONE = '+15550177001';
const PATH = `/api/claims/${NUMBER}/documents`;
// The smallest picture there is: one grey pixel.
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

let world: World;
let core: ClaimCore;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  core = new ClaimCore(world.manifest.claimEvents);
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(() => world?.close());

const list = (): Promise<ClaimDocuments> => desk.get<ClaimDocuments>(PATH);
const item = async (code: string): Promise<DocumentItem> => (await list()).items.find((one) => one.code === code)!;
const texts = async (): Promise<string[]> => (await world.outbox(PHONE)).map(({ text }) => text);
const asking = async (): Promise<string[]> => (await texts()).filter((text) => text.includes('/portal/documents/'));
const request = (items: readonly string[], more: object = {}) =>
  desk.call<DocumentSteps & { code: string }>('POST', `${PATH}/request`, { items, ...more });
const decide = (id: string, body: object) => desk.call<DocumentSteps & { code: string }>('PATCH', `${PATH}/${id}`, body);
const pageOf = (text: string): string => text.match(/\/portal\/documents\/([\w-]+)/)![1]!;

async function upload(token: string, itemId: string, name: string, bytes: Buffer): Promise<{ status: number; body: PortalDocuments }> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/gif' }), name);
  const response = await fetch(`${world.hub.url}/api/portal/documents/${token}/items/${itemId}`, {
    method: 'POST',
    headers: { origin: world.hub.url, 'x-requested-with': 'fetch' },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as PortalDocuments };
}

test('a claim has its checklist when it enters: the legal minimum of its line, and the police report when somebody is hurt', async () => {
  expect((await core.post(newClaim(NUMBER, { phone: PHONE }, { jurisdiction: 'US-VA' }))).status).toBe(202);
  const before = await list();
  expect(before.items.map(({ code, state }) => `${code} ${state}`)).toEqual(
    ['claim-form', 'driving-licence', 'vehicle-registration', 'damage-photos', 'repair-estimate', 'payee-form'].map(
      (code) => `${code} open`,
    ),
  );
  await core.post({ claimNumber: NUMBER, version: 2, stage: 'acknowledged', flags: ['injury'] });
  const after = await list();
  expect(after.items.filter(({ code }) => code === 'police-report')).toHaveLength(1);
  expect(after.items).toHaveLength(before.items.length + 1);
});

test('three documents leave as one message with a link; asked again at once, nothing more leaves', async () => {
  expect((await request(['damage-photos', 'driving-licence'])).status).toBe(200);
  expect((await request(['repair-estimate', 'driving-licence'])).status).toBe(200);
  const [text] = await until('the message', async () => ((await asking()).length > 0 ? asking() : undefined), 40);
  expect(text).toContain('3 documents');
  expect(text).not.toMatch(/licence/i);
  await until('three awaited', async () => (await list()).items.filter(({ state }) => state === 'requested').length === 3);
  expect(await asking()).toHaveLength(1);
});

test('the page behind the link takes a file, and it is received, in the thread, and known to the claim core', async () => {
  const token = pageOf((await asking())[0]!);
  const page = (await (await fetch(`${world.hub.url}/api/portal/documents/${token}/list`)).json()) as PortalDocuments;
  expect(page.items.map(({ state }) => state)).toEqual(['requested', 'requested', 'requested']);
  expect(page.items.some(({ label }) => label.en === 'Driving licence')).toBe(true);
  const photos = await item('damage-photos');
  const uploaded = await upload(token, photos.id, 'bumper.gif', PIXEL);
  expect(uploaded.status).toBe(201);
  expect(uploaded.body.items.find(({ id }) => id === photos.id)).toMatchObject({ state: 'received', files: [{ name: 'bumper.gif' }] });
  const received = await item('damage-photos');
  expect(received.files[0]).toMatchObject({ channel: 'portal', why: 'named', state: 'received' });
  expect(received.files[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
  const thread = await desk.thread(received.files[0]!.conversationId!);
  expect(thread.items.at(-1)).toMatchObject({ direction: 'inbound', attachments: [{ name: 'bumper.gif' }] });
  await until('news for the claim core', async () => {
    const heard = await (await fetch(`${world.manifest.sandbox.url}/claim-core/heard`)).text();
    return heard.includes('document.received') && heard.includes(received.files[0]!.sha256);
  });
});

test('what is accepted can never be asked for again', async () => {
  const photos = await item('damage-photos');
  expect((await decide(photos.id, { state: 'accepted' })).status).toBe(200);
  const again = await request(['damage-photos']);
  expect([again.status, again.body.code]).toEqual([409, 'already-held']);
  const token = pageOf((await asking())[0]!);
  expect((await upload(token, photos.id, 'more.gif', PIXEL)).status).toBe(409);
});

test('a rejected one is asked for again once, with a generic reason; a step taken back in time is never heard of', async () => {
  const token = pageOf((await asking())[0]!);
  const licence = await item('driving-licence');
  expect((await upload(token, licence.id, 'licence.gif', Buffer.concat([PIXEL, Buffer.from([1])]))).status).toBe(201);
  const hasty = await decide(licence.id, { state: 'rejected', reason: 'expired' });
  const undone = await desk.call<DocumentSteps>('POST', `${PATH}/undo`, { steps: hasty.body.steps });
  expect([undone.status, (await item('driving-licence')).state]).toEqual([200, 'received']);
  expect((await decide(licence.id, { state: 'rejected', reason: 'blurred' })).status).toBe(200);
  const again = await until('the second message', async () => (await asking())[1], 40);
  expect(again).toContain('it is blurred');
  expect(again).not.toMatch(/licence/i);
  expect(await asking()).toHaveLength(2);
  expect((await texts()).join()).not.toContain('out of date');
});

test('a picture by MMS is received for the item that its words name, and the same picture again is recognised', async () => {
  const mms = (text: string) =>
    world.sandbox.act(
      { kind: 'twilio-sms' },
      {
        do: 'message',
        from: PHONE,
        text,
        media: [{ name: 'garage.gif', contentType: 'image/gif', base64: Buffer.concat([PIXEL, Buffer.from([7])]).toString('base64') }],
      },
    );
  await mms('Here is the estimate of the garage');
  const received = await until(
    'the estimate',
    async () => {
      const estimate = await item('repair-estimate');
      return estimate.state === 'received' ? estimate : undefined;
    },
    40,
  );
  expect(received.files).toEqual([expect.objectContaining({ state: 'received', why: 'words', channel: 'twilio-sms', from: PHONE })]);
  await mms('Did you get it?');
  await until('the same file again', async () => (await item('repair-estimate')).files.some(({ state }) => state === 'duplicate'), 40);
});

test('after three days a reminder, after everything is here none', async () => {
  await world.shiftClock(3 * DAY + 60_000);
  const reminder = await until('the reminder', async () => (await asking())[2], 40);
  expect(reminder).toContain('1 document ');
  const token = pageOf(reminder);
  const { id } = await item('driving-licence');
  expect((await upload(token, id, 'licence-again.gif', Buffer.concat([PIXEL, Buffer.from([2])]))).status).toBe(201);
  for (const code of ['driving-licence', 'repair-estimate']) expect((await decide(code, { state: 'accepted' })).status).toBe(200);
  const { items } = await desk.get<{ items: { claim: string; rounds: number }[] }>('/api/reports/document-rounds');
  expect(items).toContainEqual(expect.objectContaining({ claim: NUMBER, rounds: 2 }));
  await world.shiftClock(8 * DAY);
  await until('nobody is reminded any more', async () => (await list()).requests.every(({ remindAt }) => remindAt === null), 40);
  expect(await asking()).toHaveLength(3);
});
