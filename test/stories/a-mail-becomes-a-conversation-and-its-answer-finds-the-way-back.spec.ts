import { randomUUID } from 'node:crypto';
import type { ConversationItem, Message } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import type { Received } from '../world/sandbox-client';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(() => world?.close());

const write = (mail: Parameters<typeof postMail>[1]): Promise<string> => postMail(world.mail.smtp, { to: world.mail.address, ...mail });
const conversationOf = (address: string): Promise<ConversationItem> =>
  until(`a conversation of ${address}`, async () => (await desk.find(address)).items[0]);
const messages = async (id: string): Promise<Message[]> => (await desk.thread(id)).items;

/** Mei writes with a file, the desk answers: what every test below begins with. */
async function writtenAndAnswered(who: string): Promise<{ id: string; first: string; answer: Received }> {
  const first = `<${randomUUID()}@customers.test>`;
  await write({
    from: `Mei Chen <${who}>`,
    messageId: first,
    subject: 'Water in the cellar',
    text: 'The cellar is under water since last night. A picture is attached.',
    attachments: [{ filename: 'cellar.txt', contentType: 'text/plain', content: 'forty centimetres' }],
  });
  const { id } = await conversationOf(who);
  const sent = await desk.reply(id, 'Thank you, please keep the pump running.');
  expect(sent.status).toBe(201);
  const answer = await world.sandbox.waitFor(who, (entry) => entry.text.includes('keep the pump running'));
  return { id, first, answer };
}

const replyAddressOf = (answer: Received): string => /[^\s<]+@[^\s>]+/.exec(answer.raw?.['reply-to'] ?? '')?.[0] ?? '';

test('subject, words and file stand in the thread; the answer threads in any mail program and carries a signed way back', async () => {
  const who = 'mei.1@customers.test';
  const { id, first, answer } = await writtenAndAnswered(who);
  const [mail] = await messages(id);
  expect(mail).toMatchObject({
    direction: 'inbound',
    channel: 'email',
    from: who,
    fromName: 'Mei Chen',
    subject: 'Water in the cellar',
    text: 'The cellar is under water since last night. A picture is attached.',
  });
  expect(mail!.attachments).toMatchObject([{ name: 'cellar.txt', contentType: 'text/plain' }]);
  const stored = await until('the file', async () => (await messages(id))[0]!.attachments.find((one) => one.state === 'stored'));
  const file = await fetch(`${world.hub.url}/api/attachments/${stored.id}`, { headers: desk.signedIn });
  expect(await file.text()).toBe('forty centimetres');

  expect(answer.subject).toMatch(/^Re: Water in the cellar$/);
  expect(answer.raw?.['in-reply-to']).toBe(first);
  expect(answer.raw?.references).toContain(first);
  expect(replyAddressOf(answer)).toMatch(/^reply\+[a-z0-9-]+\.[a-z2-7]{16}@/);
  expect(answer.from).toBe(world.mail.address);
  await until('the mark', async () => ['accepted', 'sent', 'delivered'].includes((await messages(id)).at(-1)?.delivery?.state ?? ''));
});

test.each<[string, (answer: Received) => { to?: string; inReplyTo?: string; references?: string }]>([
  ['to the signed address, with no other trace', (answer) => ({ to: replyAddressOf(answer) })],
  ['by its references alone', (answer) => ({ references: answer.raw!['message-id'] })],
  [
    'from a mail program that replaces the references, to the signed address',
    (answer) => ({ to: replyAddressOf(answer), references: '<unrelated@apple.test>', inReplyTo: '<unrelated@apple.test>' }),
  ],
])('a reply %s lands in the same thread, though its subject is another', async (how, headers) => {
  const who = `mei.${how.length}@customers.test`;
  const { id, answer } = await writtenAndAnswered(who);
  await write({
    from: who,
    subject: 'Something else',
    text: 'The pump stopped.',
    messageId: `<${randomUUID()}@customers.test>`,
    ...headers(answer),
  });
  await until('the reply in its thread', async () => (await messages(id)).some(({ text }) => text === 'The pump stopped.'));
  expect((await desk.find(who)).items).toHaveLength(1);
});

test('a reply token whose signature is not ours opens no thread to a stranger', async () => {
  const { id, answer } = await writtenAndAnswered('mei.token@customers.test');
  const forged = replyAddressOf(answer).replace(/\.[a-z2-7]{16}@/, `.${'a'.repeat(16)}@`);
  await write({ from: 'mallory@elsewhere.test', to: world.mail.address, cc: forged, subject: 'Re', text: 'let me in' }).catch(
    () => undefined,
  );
  await conversationOf('mallory@elsewhere.test');
  expect((await messages(id)).some(({ text }) => text === 'let me in')).toBe(false);
});

test('a claim number in the words binds the mail of a party of that claim, and nobody else’s', async () => {
  const core = new ClaimCore(world.manifest.claimEvents);
  const [number, other] = ['CLM-2026-770001', 'CLM-2026-770002'];
  const holder = { externalId: 'mail-story-holder', email: 'party@customers.test' };
  for (const claim of [number, other]) expect((await core.post(newClaim(claim, holder))).body.outcome).toBe('applied');

  await write({ from: holder.email, subject: 'Question', text: `When will ${number} be paid?` });
  const bound = await until('the bound conversation', async () =>
    (await desk.find(holder.email)).items.find((item) => item.claim?.number === number),
  );
  expect((await messages(bound.id)).some(({ text }) => text.includes('be paid?'))).toBe(true);

  await write({ from: 'stranger@elsewhere.test', subject: 'Question', text: `What is the state of ${number}?` });
  const stranger = await conversationOf('stranger@elsewhere.test');
  await until('the words to have been looked at', async () => (await desk.find('What is the state')).items.length > 0);
  expect((await desk.conversation(stranger.id)).claim).toBeNull();
});
