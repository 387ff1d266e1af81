import { Database } from '@claimline/database';
import { tel } from '@claimline/messages';
import { Receiver } from '../inbound/receiver';
import { AT, openGround, rawDelivery, sms, type Ground } from '../testing/ground';
import { Threads } from '../thread/threads.repository';

const CARD = 'my card is 4111 1111 1111 1111';

let ground: Ground;
let database: Database;
let threads: Threads;
let receiver: Receiver;

beforeAll(async () => {
  ground = await openGround();
  ({ database } = ground);
  threads = new Threads(ground.seal);
  receiver = new Receiver(database, ground.seal, ground.wakeups);
});
afterAll(() => ground.close());

/** Everything of the database that is no sealed bytes, as text. */
async function everythingReadable(): Promise<string> {
  const rows = await database.query<{ words: string }>({
    name: 'all-words',
    text: `SELECT to_jsonb(m)::text AS words FROM messages m UNION ALL SELECT to_jsonb(c)::text FROM conversations c UNION ALL SELECT to_jsonb(o)::text FROM outbox o UNION ALL SELECT w.words::text FROM message_words w`,
    values: [],
  });
  return rows.map(({ words }) => words).join('\n');
}

test('a batch of plain messages is stored masked, its neighbours as they are, and the original is sealed', async () => {
  const received = await Promise.all(
    [CARD, '4111 1111 1111 1112', 'nothing to hide'].map((text, n) =>
      receiver.receive(ground.inbox, sms({ text, from: tel(`+155503000${n}0`) }), rawDelivery()),
    ),
  );
  const rows = await Promise.all(received.map(({ messageId }) => threads.find(database, messageId)));
  expect(rows.map((row) => row!.text)).toEqual(['my card is •••• 1111', '4111 1111 1111 1112', 'nothing to hide']);
  expect(rows.map((row) => row!.facts)).toEqual([{ masked: ['card'] }, null, null]);
  expect(JSON.parse((await threads.sealedWords(database, received[0]!.messageId, 'masked'))!)).toEqual({ text: CARD });
  expect(await threads.sealedWords(database, received[2]!.messageId, 'masked')).toBeUndefined();
  expect(await everythingReadable()).not.toContain('4111 1111 1111 1111');
});

test('a mail is stored masked in its words, its subject and its HTML', async () => {
  const { conversationId } = await receiver.receive(ground.inbox, sms({ from: tel('+15550300090') }), rawDelivery());
  const id = '01890000-0000-7000-8000-00000000aaaa';
  await database.transaction((tx) =>
    threads.append(tx, {
      id,
      conversationId: conversationId!,
      direction: 'inbound',
      kind: 'text',
      channel: 'email',
      inboxId: ground.inbox.id,
      to: [],
      cc: [],
      subject: CARD,
      text: CARD,
      original: { html: `<p>${CARD}</p>` },
      occurredAt: AT,
      receivedAt: AT,
    }),
  );
  expect(await threads.original(database, id)).toBe('<p>my card is •••• 1111</p>');
  expect(await threads.find(database, id)).toMatchObject({
    subject: 'my card is •••• 1111',
    text: 'my card is •••• 1111',
    facts: { masked: ['card'] },
  });
  expect(await everythingReadable()).not.toContain('4111 1111 1111 1111');
});

test('a transcript that grows into an entry is masked, and what we write ourselves is not', async () => {
  const { conversationId, messageId } = await receiver.receive(ground.inbox, sms({ from: tel('+15550300091') }), rawDelivery());
  await database.transaction((tx) => threads.rewrite(tx, messageId, CARD));
  expect(await threads.find(database, messageId)).toMatchObject({ text: 'my card is •••• 1111', facts: { masked: ['card'] } });
  expect(conversationId).not.toBeNull();
});
