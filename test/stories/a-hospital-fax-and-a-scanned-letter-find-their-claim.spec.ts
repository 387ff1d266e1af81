import { randomUUID } from 'node:crypto';
import type {
  Appointments,
  ConversationItem,
  Filing,
  LoggedVisit,
  MovedMessage,
  OutgoingLetters,
  Scan,
  Scans,
  UploadedAttachment,
} from '@claimline/protocol';
import PdfDocument from 'pdfkit';
import sharp from 'sharp';
import { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { until } from '../world/until';
import { World } from '../world/world';

const GATEWAY = 'fax@huashan-gateway.test';

let world: World;
let desk: ConsoleClient;
let claim: { number: string; party: { id: string; contact: string; name: string } };
let other: string;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  const customers = world.manifest.customers.filter((one) => one.claims.length > 0 && one.phone);
  const numbers = customers.flatMap((one) => one.claims);
  claim = await partyOf(numbers[0]!);
  other = numbers.find((number) => number !== claim.number && !customers[0]!.claims.includes(number))!;
}, 150_000);
afterAll(() => world?.close());

async function partyOf(number: string): Promise<typeof claim> {
  const { parties } = await desk.get<{ parties: { id: string; name: string; role: string; contact: { id: string } | null }[] }>(
    `/api/claims/${number}`,
  );
  const party = parties.find(({ role }) => role === 'policyholder') ?? parties[0]!;
  return { number, party: { id: party.id, contact: party.contact!.id, name: party.name } };
}

function pdf(text: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const doc = new PdfDocument();
    const parts: Buffer[] = [];
    doc.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
    doc.fontSize(12).text(text);
    doc.end();
  });
}

/** Two pages as a fax machine makes them: black on white, in one TIFF. */
async function fax(): Promise<Buffer> {
  const page = (tone: string) =>
    sharp({ create: { width: 864, height: 1100, channels: 3, background: tone } })
      .png()
      .toBuffer();
  return sharp(await Promise.all([page('#ffffff'), page('#202020')]), { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer();
}

const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

async function upload(who: ConsoleClient, name: string, content: Buffer, type: string): Promise<UploadedAttachment> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)], { type }), name);
  const answer = await fetch(`${who.url}/api/attachments`, {
    method: 'POST',
    headers: { ...who.signedIn, 'x-requested-with': 'test' },
    body: form,
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as UploadedAttachment;
}

const toFile = async (words: string): Promise<ConversationItem | undefined> =>
  (await desk.get<{ items: ConversationItem[] }>('/api/conversations?view=to-file&limit=100')).items.find((one) =>
    one.preview.includes(words),
  );

test('a fax is never guessed into a claim, but suggested with its reason, filed by one click, moved to another claim, and taken back', async () => {
  const words = `Fax to mail ${randomUUID().slice(0, 8)}`;
  await postMail(world.mail.smtp, {
    from: `华山医院传真网关 <${GATEWAY}>`,
    to: world.mail.address,
    subject: 'Fax, 3 pages',
    text: words,
    attachments: [
      { filename: 'fax.tiff', content: await fax() },
      { filename: 'discharge.pdf', content: await pdf(`Discharge letter. Reference of the insurer: ${claim.number}.`) },
    ],
  });
  const waiting = await until('the fax in To file', () => toFile(words));
  expect((await desk.conversation(waiting.id)).claim).toBeNull();
  const message = (await desk.thread(waiting.id)).items.find((one) => one.text.includes(words))!;

  const tiff = message.attachments.find((one) => one.contentType === 'image/tiff')!;
  expect(await desk.get(`/api/attachments/${tiff.id}/pages`)).toEqual({ pages: 2 });
  const second = await fetch(`${desk.url}/api/attachments/${tiff.id}/pages/2`, { headers: desk.signedIn });
  expect([second.status, second.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect((await desk.call('GET', `/api/attachments/${tiff.id}/pages/3`)).status).toBe(404);

  const filing = await desk.get<Filing>(`/api/messages/${message.id}/filing`);
  expect(filing.files).toEqual({ read: 1, unread: 1 });
  expect(filing.suggestions[0]).toMatchObject({
    claim: claim.number,
    party: { name: claim.party.name },
    reasons: [{ kind: 'claim-number', value: claim.number, where: 'file' }],
  });

  const move = (to: object) => desk.call<MovedMessage>('POST', `/api/messages/${message.id}/move`, to);
  const filed = (await move({ claim: claim.number, party: filing.suggestions[0]!.party!.id })).body;
  expect(filed.claim).toBe(claim.number);
  const thread = await desk.thread(filed.conversation);
  expect(thread.items.find((one) => one.id === message.id)?.attachments).toHaveLength(2);
  expect((await desk.thread(waiting.id)).items.map((one) => one.id)).not.toContain(message.id);
  expect((await desk.conversation(filed.conversation)).contact.id).toBe(claim.party.contact);
  await until('the search to find it there', async () => (await desk.find(words)).items.find((one) => one.id === filed.conversation));
  await until('the fact in the thread', async () =>
    (await desk.thread(filed.conversation)).facts.find((one) => one.type === 'message.moved'),
  );

  expect((await move({ claim: claim.number, party: filing.suggestions[0]!.party!.id })).status).toBe(409);
  const moved = (await move({ claim: other })).body;
  expect(moved).toMatchObject({ claim: other, from: filed.conversation });
  const back = await desk.call<MovedMessage>('POST', `/api/messages/${message.id}/move/undo`, {});
  expect([back.status, back.body.conversation]).toEqual([200, filed.conversation]);
  expect((await desk.call('POST', `/api/messages/${message.id}/move/undo`, {})).status).toBe(409);
  // A file follows its message: it is still the same one, and readable.
  expect((await fetch(`${desk.url}/api/attachments/${tiff.id}`, { headers: desk.signedIn })).status).toBe(200);
}, 200_000);

test('the mailroom scans paper, splits two letters of one scan, and files them with the day of the stamp', async () => {
  const clerk = await world.signIn('mailroom');
  const file = await upload(clerk, `${claim.number} form.tiff`, await fax(), 'image/tiff');
  const scan = (
    await clerk.call<Scan>('POST', '/api/mailroom/scans', { attachment: file.id, receivedOn: day(20), sender: 'Riverside Clinic' })
  ).body;
  expect(scan).toMatchObject({ pages: 2, state: 'waiting', receivedOn: day(20) });
  expect(scan.suggestions[0]).toMatchObject({ claim: claim.number, reasons: [{ kind: 'claim-number', where: 'file-name' }] });
  expect((await clerk.call('POST', '/api/mailroom/scans', { attachment: file.id, receivedOn: day(-2) })).status).toBe(422);

  const half = (await clerk.call<Scan>('POST', `/api/mailroom/scans/${scan.id}/split`, { from: 2 })).body;
  expect(half).toMatchObject({ pages: 1, splitFrom: scan.id, receivedOn: day(20), sender: 'Riverside Clinic' });
  // A colleague sees the same table after a reload.
  const table = await desk.get<Scans>('/api/mailroom/scans');
  expect(table.items.map((one) => one.id)).toEqual(expect.arrayContaining([scan.id, half.id]));
  const page = await fetch(`${desk.url}/api/attachments/${half.attachment.id}/pages/1`, { headers: desk.signedIn });
  expect(page.status).toBe(200);

  const filed = (await clerk.call<Scan>('POST', `/api/mailroom/scans/${scan.id}/file`, { claim: claim.number, party: claim.party.id }))
    .body;
  expect(filed).toMatchObject({ state: 'filed', claim: claim.number });
  const letter = (await desk.thread(filed.conversation!)).items.find(
    (one) => one.kind === 'letter' && one.fromName === 'Riverside Clinic',
  )!;
  expect(letter).toMatchObject({ direction: 'inbound', channel: 'letter' });
  expect(letter.attachments).toHaveLength(1);
  expect(Date.parse(letter.at)).toBeLessThan(Date.now() - 18 * 86_400_000);
  expect((await clerk.call('POST', `/api/mailroom/scans/${scan.id}/file`, { claim: other })).status).toBe(409);

  const back = (await clerk.call<Scan>('POST', `/api/mailroom/scans/${scan.id}/undo`, {})).body;
  expect(back).toMatchObject({ state: 'waiting', claim: null });
  expect((await desk.thread(filed.conversation!)).items.map((one) => one.id)).not.toContain(letter.id);
  const again = (await clerk.call<Scan>('POST', `/api/mailroom/scans/${scan.id}/file`, { claim: claim.number, party: claim.party.id }))
    .body;
  expect((await desk.thread(again.conversation!)).items.filter((one) => one.id === letter.id)).toHaveLength(1);
  expect((await clerk.call<Scan>('POST', `/api/mailroom/scans/${half.id}/set-aside`, { aside: true })).body.state).toBe('set-aside');
}, 200_000);

test('a letter of ours lies in the tray as PDF, is posted, and comes back', async () => {
  const added = await desk.call('POST', `/api/contacts/${claim.party.contact}/postal-addresses`, { value: '示范路 8 号\n200000 上海' });
  expect(added.status).toBe(204);
  const clerk = await world.signIn('mailroom');
  const text = `您的材料已收到。${randomUUID()}`;
  const first = await desk.call<{ id: string }>('POST', '/api/conversations', {
    claim: claim.number,
    party: claim.party.id,
    channel: 'letter',
    text,
  });
  expect(first.status).toBe(201);
  const letter = await until(
    'the letter in the tray',
    async () => (await clerk.get<OutgoingLetters>('/api/mailroom/letters')).items.find((one) => one.conversation === first.body.id),
    60,
  );
  expect(letter).toMatchObject({ name: claim.party.name, claim: claim.number, to: expect.stringContaining('示范路 8 号') });
  const paper = Buffer.from(
    await (await fetch(`${clerk.url}/api/attachments/${letter.attachment}`, { headers: clerk.signedIn })).arrayBuffer(),
  );
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  const mark = async () => (await desk.thread(first.body.id)).items.find((one) => one.text === text)?.delivery;
  expect(await mark()).toMatchObject({ state: 'accepted' });

  expect((await clerk.call('POST', '/api/mailroom/letters/posted', { ids: [letter.id], on: day(0) })).body).toEqual({ posted: 1 });
  expect((await clerk.call('POST', '/api/mailroom/letters/posted', { ids: [letter.id], on: day(0) })).body).toEqual({ posted: 0 });
  await until('the delivery to be sent', async () => (await mark())?.state === 'sent' || undefined, 60);
  expect((await clerk.call('POST', `/api/mailroom/letters/${letter.id}/returned`, { on: day(0) })).status).toBe(204);
  await until('the delivery to be undeliverable', async () => (await mark())?.state === 'undeliverable' || undefined, 60);
}, 200_000);

test('a customer at the counter hands papers over and is answered there: both stand in the thread, and a receipt says so', async () => {
  const counter = await world.signIn('counter');
  const paper = await upload(counter, 'invoice.pdf', await pdf('Invoice 465.00'), 'application/pdf');
  const visit = { id: randomUUID(), claim: claim.number, party: claim.party.id, identity: 'identity-card', reason: 'documents' };
  const body = { ...visit, text: '客户补交发票，已说明预计赔付时间。', participants: ['李经理'], attachments: [paper.id] };
  const logged = await counter.call<LoggedVisit>('POST', '/api/counter/visits', body);
  expect([logged.status, logged.body.papers]).toEqual([201, 1]);
  expect((await counter.call<LoggedVisit>('POST', '/api/counter/visits', body)).body.message).toBe(logged.body.message);
  const thread = await desk.thread(logged.body.conversation);
  expect(thread.items.filter((one) => one.kind === 'visit')).toMatchObject([
    { channel: 'in-person', text: body.text, author: { id: counter.me.id } },
  ]);
  expect(thread.items.flatMap((one) => one.attachments).map((one) => one.name)).toContain('invoice.pdf');
  expect((await desk.find(claim.party.name)).items.find((one) => one.id === logged.body.conversation)?.awaitingReply).toBe(false);
  const receipt = await fetch(`${counter.url}/api/counter/visits/${logged.body.message}/receipt`, { headers: counter.signedIn });
  expect([receipt.status, receipt.headers.get('content-type')]).toEqual([200, 'application/pdf']);
}, 200_000);

test('a home visit is agreed on: the customer gets a page and a calendar file, asks for another time, and is reminded the day before', async () => {
  const withMail = world.manifest.customers.find((one) => one.email)!;
  await postMail(world.mail.smtp, {
    from: withMail.email!,
    to: world.mail.address,
    subject: 'Visit',
    text: 'When do you come to see the damage?',
  });
  const asked = await until('the question', async () => (await desk.find('come to see the damage')).items[0]);
  const startsAt = new Date(Date.now() + 3 * 86_400_000);
  const plan = { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 7_200_000).toISOString(), place: '示范路 8 号' };
  const set = await desk.call<Appointments>('POST', '/api/appointments', { conversation: asked.id, ...plan, participants: ['李女士'] });
  expect([set.status, set.body.items[0]]).toEqual([201, expect.objectContaining({ state: 'invited', place: '示范路 8 号' })]);
  const invited = await until(
    'the invitation',
    async () => (await world.outbox(withMail.email!)).find(({ text }) => text.includes('/portal/appointment/')),
    60,
  );
  expect(invited.text).not.toContain('示范路');
  expect(invited.attachments).toMatchObject([{ name: 'appointment.ics' }]);

  const link = (text: string): string => `${desk.url}/api${/\/portal\/appointment\/[\w-]+/.exec(text)![0]}`;
  const page = await (await fetch(`${link(invited.text)}/details`)).json();
  expect(page).toMatchObject({ state: 'invited', place: '示范路 8 号' });
  const calendar = await (await fetch(`${link(invited.text)}/calendar.ics`)).text();
  expect(calendar).toContain('BEGIN:VEVENT');
  const headers = { 'content-type': 'application/json', origin: desk.url };
  const body = JSON.stringify({ answer: 'change', wish: '周五下午' });
  expect((await fetch(`${link(invited.text)}/answer`, { method: 'POST', headers, body })).status).toBe(200);
  const { items } = await desk.get<Appointments>(`/api/conversations/${asked.id}/appointments`);
  expect(items[0]).toMatchObject({ state: 'change-asked', wish: '周五下午' });
  expect((await desk.call('PUT', `/api/appointments/${items[0]!.id}`, { ...plan, place: '示范路 9 号' })).status).toBe(200);
  await until(
    'the change',
    async () => (await world.outbox(withMail.email!)).filter(({ text }) => text.includes('/portal/appointment/')).length === 2,
    60,
  );

  await world.shiftClock(2.5 * 86_400_000);
  await until(
    'the reminder',
    async () => (await world.outbox(withMail.email!)).filter(({ text }) => text.includes('/portal/appointment/')).length === 3,
    60,
  );
}, 200_000);
