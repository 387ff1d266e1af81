import type { Message, TaskPage } from '@claimline/protocol';
import type { Socket } from 'socket.io-client';
import { Caller } from '../world/caller';
import { ClaimCore, newClaim } from '../world/claim-core';
import { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
const sockets: Socket[] = [];

beforeAll(async () => {
  world = await World.open();
  // A Tuesday at ten in Shanghai: the office is open.
  await world.shiftClock(nextTuesdayAtTen() - Date.now());
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await world?.close();
});

function nextTuesdayAtTen(): number {
  const day = new Date(Date.now());
  day.setUTCHours(2, 0, 0, 0);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() !== 2);
  return day.getTime();
}

const callsOf = async (id: string): Promise<Message[]> => (await desk.thread(id)).items.filter(({ kind }) => kind === 'call');
const callbacks = async (id: string, state = 'open') =>
  (await desk.get<TaskPage>(`/api/tasks?view=all&state=${state}&conversation=${id}`)).items.filter(({ kind }) => kind === 'callback');

test('who hangs up in the menu is called back within an open hour, in the language that they chose', async () => {
  const phone = '+15550107201';
  const caller = await Caller.dial(world.sandbox, phone);
  await caller.press('2');
  await caller.do('hang-up');
  const { id } = await until('the conversation', async () => (await desk.find(phone)).items[0]);
  const [task, ...others] = await until('the callback', async () => {
    const open = await callbacks(id);
    return open.length > 0 && open;
  });
  expect(others).toEqual([]);
  expect(task).toMatchObject({ reason: 'missed-call', params: { language: 'zh-CN' } });
  expect(Date.parse(task!.due) - Date.parse(task!.createdAt)).toBe(60 * 60_000);
  expect(await callsOf(id)).toEqual([expect.objectContaining({ call: expect.objectContaining({ outcome: 'missed', missed: true }) })]);
  expect(await desk.conversation(id)).toMatchObject({ awaitingReply: true });
  const why = await until('who is to answer', async () => {
    const { items } = await desk.get<{ items: { reasons: unknown[] }[] }>(`/api/conversations/${id}/routing`);
    return items.length > 0 && items;
  });
  expect(why[0]!.reasons.length).toBeGreaterThan(0);
});

test('a known customer is put through to the handler of their claim; when nobody picks up, the callback is the handler’s', async () => {
  const phone = '+15550107202';
  const claim = newClaim('CL-2026-772020', { phone });
  expect((await new ClaimCore(world.manifest.claimEvents).post(claim)).status).toBe(202);
  const person = world.manifest.people.find(({ name }) => name === claim.handler!.name)!;
  const adjuster = await ConsoleClient.signIn(world.hub.url, person);
  const socket = adjuster.socket();
  sockets.push(socket);
  await until('the handler to be there', async () => socket.connected);
  await adjuster.call('PUT', '/api/presence', { state: 'online' });

  const caller = await Caller.dial(world.sandbox, phone);
  await caller.press('1');
  const { id } = await until('the claim of the caller', async () =>
    (await desk.find(phone)).items.find(({ claim, channel }) => claim !== null && channel === 'twilio-voice'),
  );
  expect(await caller.press('3')).toContain('connecting you');
  const ringing = await caller.call();
  expect(ringing.awaits?.for).toBe('pick-up');
  await caller.do('let-ring');
  expect((await caller.call()).heard.at(-2)!.text + (await caller.call()).heard.at(-1)!.text).toContain('Nobody can take your call');
  await caller.do('hang-up');
  const [task] = await until('the callback', async () => {
    const open = await callbacks(id);
    return open.length > 0 && open;
  });
  expect(task!.owner?.id).toBe(adjuster.me.id);

  const again = await Caller.dial(world.sandbox, phone);
  await again.press('1', '3');
  await again.do('pick-up');
  await again.do('hang-up');
  await until('the callback to be settled', async () => (await callbacks(id)).length === 0);
  expect(await callbacks(id, 'canceled')).toEqual([expect.objectContaining({ outcome: 'customer-called' })]);
  expect((await callsOf(id)).at(-1)!.call).toMatchObject({ outcome: 'answered', missed: false });
  expect(await desk.conversation(id)).toMatchObject({ awaitingReply: false });
});
