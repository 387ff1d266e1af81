import { Database, newId } from '@claimline/database';
import { visitor } from '@claimline/messages';
import { AT, openGround, rawDelivery, sms, type Ground } from '../testing/ground';
import { Receiver } from '../inbound/receiver';
import { Conversations } from './conversations.repository';
import { VisitorThreads } from './visitor-threads.repository';
import { Visitors } from './visitors.repository';

let ground: Ground;
let database: Database;
const visitors = new Visitors();
const threads = new VisitorThreads();

beforeAll(async () => {
  ground = await openGround();
  ({ database } = ground);
});
afterAll(() => ground.close());

const newVisitor = async () => (await visitors.make(database, ground.inbox.id, AT)).visitor.id;
const put = (id: string, messages: readonly string[]) => database.transaction((tx) => threads.put(tx, id, messages));
const places = async (id: string) =>
  (
    await database.query<{ message_id: string; seq: number }>({
      name: 'places',
      text: 'SELECT message_id, seq FROM visitor_messages WHERE visitor_id = $1 ORDER BY seq',
      values: [id],
    })
  ).map((row) => [row.seq, row.message_id]);

async function says(from: string): Promise<{ messageId: string; conversationId: string }> {
  const receiver = new Receiver(database, ground.seal, ground.wakeups);
  const received = await receiver.receive(ground.inbox, sms({ key: `${from}:${newId(AT)}`, from: visitor(from) }), rawDelivery());
  return { messageId: received.messageId, conversationId: received.conversationId! };
}

test('fifty messages put by many at once are numbered without gaps, each once', async () => {
  const id = await newVisitor();
  const messages: string[] = [];
  for (let n = 0; n < 50; n++) messages.push((await says(id)).messageId);
  await Promise.all([...messages, ...messages].map((message) => put(id, [message])));
  const all = await places(id);
  expect(all.map(([seq]) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  expect(new Set(all.map(([, message]) => message)).size).toBe(50);
});

test('the numbers go on when the conversation behind is resolved and another one opened', async () => {
  const id = await newVisitor();
  const first = await says(id);
  await put(id, [first.messageId]);
  await database.transaction((tx) => new Conversations().resolve(tx, first.conversationId, AT));
  const second = await says(id);
  expect(second.conversationId).not.toBe(first.conversationId);
  await put(id, [second.messageId]);
  expect(await places(id)).toEqual([
    [1, first.messageId],
    [2, second.messageId],
  ]);
  expect(await threads.visitorOf(database, second.conversationId)).toBe(id);
});

test('what a visitor wrote and nobody had put there yet is put there, and only theirs', async () => {
  const [id, other] = [await newVisitor(), await newVisitor()];
  const [mine] = [await says(id), await says(other)];
  await database.transaction((tx) => threads.putOwn(tx, id));
  await database.transaction((tx) => threads.putOwn(tx, id));
  expect(await places(id)).toEqual([[1, mine.messageId]]);
  expect(await threads.visitorsOf(database, [mine.messageId])).toEqual([id]);
});

test('nobody reads further than their thread is long, and never back', async () => {
  const id = await newVisitor();
  await put(id, [(await says(id)).messageId, (await says(id)).messageId]);
  expect(await visitors.markRead(database, id, 999)).toBe(2);
  expect(await visitors.markRead(database, id, 1)).toBe(2);
  expect(await put('nobody', [newId(AT)])).toBe(false);
});
