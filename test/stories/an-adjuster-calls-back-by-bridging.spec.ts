import type { Conversation, Message, TaskPage } from '@claimline/protocol';
import { Caller } from '../world/caller';
import type { ConsoleClient } from '../world/console-client';
import type { RunningCall } from '../world/sandbox-client';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(() => world?.close());

const tasksOf = async (id: string, state: string) =>
  (await desk.get<TaskPage>(`/api/tasks?view=all&state=${state}&conversation=${id}`)).items.filter(({ kind }) => kind === 'callback');
const ownCall = (): Promise<RunningCall> =>
  until('my own phone to ring', async () =>
    (await world.sandbox.calls()).find(
      ({ direction, state, awaits }) => direction === 'outbound' && state === 'ringing' && awaits !== null,
    ),
  );
const humanClock = ({ clocks }: Conversation) => clocks.find(({ policy }) => /_response\./.test(policy));

async function missedCallOf(phone: string): Promise<string> {
  const caller = await Caller.dial(world.sandbox, phone);
  await caller.press('1');
  await caller.do('hang-up');
  const { id } = await until('the conversation', async () => (await desk.find(phone)).items[0]);
  await until('the callback', async () => (await tasksOf(id, 'open')).length === 1);
  return id;
}
const entryOf = async (id: string, messageId: string): Promise<Message> =>
  (await desk.thread(id)).items.find((message) => message.id === messageId)!;

test('my phone rings first, then the customer’s; once we have spoken nothing waits any more', async () => {
  const phone = '+15550107401';
  const id = await missedCallOf(phone);
  expect(await until('the clock', async () => humanClock(await desk.conversation(id)))).toMatchObject({ state: 'running' });
  const { status, body } = await desk.call<Message>('POST', `/api/conversations/${id}/call`, {});
  expect(status).toBe(201);
  expect(body).toMatchObject({ kind: 'call', direction: 'outbound', to: [phone], author: { id: desk.me.id } });

  const mine = await ownCall();
  expect(mine.awaits!.number).not.toBe(phone);
  const call = await Caller.rings(world.sandbox, mine.awaits!.number!);
  await call.do('pick-up');
  expect((await call.call()).awaits).toEqual({ for: 'pick-up', number: phone });
  expect(await desk.conversation(id)).toMatchObject({ awaitingReply: true });
  await call.do('pick-up');
  await call.do('hang-up');

  const entry = await until('how it went', async () => {
    const one = await entryOf(id, body.id);
    return one.call?.outcome === 'answered' && one;
  });
  expect(entry).toMatchObject({ delivery: { state: 'accepted' }, call: { missed: false, seconds: expect.any(Number) } });
  expect((await desk.thread(id)).items.filter(({ kind }) => kind === 'call')).toHaveLength(2);
  await until('the callback to be done', async () => (await tasksOf(id, 'open')).length === 0);
  expect(await tasksOf(id, 'canceled')).toEqual([expect.objectContaining({ outcome: 'reached' })]);
  expect(await desk.conversation(id)).toMatchObject({ awaitingReply: false });
  expect(humanClock(await desk.conversation(id))).toBeUndefined();
});

test('when the customer does not pick up, they still wait, and the entry says so', async () => {
  const id = await missedCallOf('+15550107402');
  const { body } = await desk.call<Message>('POST', `/api/conversations/${id}/call`, {});
  const call = await Caller.rings(world.sandbox, (await ownCall()).awaits!.number!);
  await call.do('pick-up');
  await call.do('let-ring');
  await until('how it went', async () => (await entryOf(id, body.id)).call?.outcome === 'no-answer');
  expect(await desk.conversation(id)).toMatchObject({ awaitingReply: true });
  expect(await tasksOf(id, 'open')).toHaveLength(1);
});

test('the customer is never rung when nobody of us picks up, not even when Twilio’s answer is lost', async () => {
  const phone = '+15550107403';
  const id = await missedCallOf(phone);
  await world.sandbox.misbehave('twilio-voice', { how: 'accept-then-die', times: 1 });
  const { body } = await desk.call<Message>('POST', `/api/conversations/${id}/call`, {});
  const mine = await ownCall();
  const call = await Caller.rings(world.sandbox, mine.awaits!.number!);
  await call.do('let-ring');
  await until('how it went', async () => (await entryOf(id, body.id)).call?.outcome === 'not-taken');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const mineAgain = (await world.sandbox.calls()).filter(({ direction, state }) => direction === 'outbound' && state === 'ringing');
  expect(mineAgain).toEqual([]);
  expect((await world.sandbox.calls()).filter(({ direction, customer }) => direction === 'outbound' && customer === phone)).toEqual([]);
});
