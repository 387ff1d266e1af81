import { randomUUID } from 'node:crypto';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { VisitorClient } from '../world/visitor-client';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
const visitors: VisitorClient[] = [];

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(async () => {
  visitors.forEach((visitor) => visitor.cut());
  await world?.close();
});

function newVisitor(): VisitorClient {
  const visitor = new VisitorClient(world.hub.url, world.inbox('web-chat').id);
  visitors.push(visitor);
  return visitor;
}

const conversationOf = async (words: string) =>
  (await until(`the conversation with "${words}"`, async () => (await desk.find(words)).items[0])).id;
const texts = async (id: string): Promise<string[]> => (await desk.thread(id)).items.map(({ text }) => text);

test('the socket breaks between message and answer: sent again it is one message, with one place', async () => {
  const visitor = newVisitor();
  await visitor.connect();
  const id = randomUUID();
  visitor.shout('brokensocket: did you get my photo?', id);
  const conversation = await conversationOf('brokensocket');
  visitor.cut();
  await visitor.connect();
  const [again, andAgain] = [
    await visitor.send('brokensocket: did you get my photo?', id),
    await visitor.send('brokensocket: did you get my photo?', id),
  ];
  expect(again).toEqual({ messageId: expect.any(String), seq: 1 });
  expect(andAgain).toEqual(again);
  expect(await texts(conversation)).toEqual(['brokensocket: did you get my photo?']);
});
