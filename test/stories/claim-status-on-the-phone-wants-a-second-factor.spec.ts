import type { Claim, TaskPage } from '@claimline/protocol';
import { Caller } from '../world/caller';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let claim: { digits: string; factor: string; label: string; number: string };

// What customers hear for a stage.
const LABELS: Readonly<Record<string, string>> = {
  acknowledged: 'handler assigned',
  documents: 'waiting for documents',
  investigation: 'being reviewed',
  assessment: 'amount being assessed',
  decided: 'decision made',
  settlement: 'your agreement needed',
  payment: 'payment on its way',
};

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  claim = await someClaim();
}, 240_000);
afterAll(() => world?.close());

async function someClaim(): Promise<typeof claim> {
  for (const number of world.manifest.customers.flatMap(({ claims }) => claims)) {
    const { stage, policyNumber, flags } = await desk.get<Claim>(`/api/claims/${number}`);
    const label = LABELS[stage];
    if (label && policyNumber && flags.length === 0)
      return { number, digits: number.replace(/\D/g, ''), factor: policyNumber.replace(/\D/g, '').slice(-4), label };
  }
  throw new Error('the demo has no open claim');
}

/** Another four digits. */
const wrong = (factor: string, n: number): string => String((Number(factor) + n) % 10_000).padStart(4, '0');

test('number and second factor that belong together open the stage, in the language of the caller, and no sum', async () => {
  const english = await Caller.dial(world.sandbox, '+15550107301');
  await english.press('1');
  expect(await english.press('2')).toContain('ten digits of your claim number');
  expect(await english.press(claim.digits)).toContain('last four digits of your policy number');
  const told = await english.press(claim.factor);
  expect(told).toContain(`Your claim is at the stage: ${claim.label}.`);
  expect(told.replace(/press \d/g, '')).not.toMatch(/[\d¥$€]/);
  await english.do('hang-up');

  const chinese = await Caller.dial(world.sandbox, '+15550107302');
  expect(await chinese.press('2', '2', claim.digits, claim.factor)).toMatch(/您的案件目前进度：.+。/);
  await chinese.do('hang-up');
});

test('who has heard how it stands and hangs up is served: nobody is asked to call back', async () => {
  const phone = '+15550107303';
  const caller = await Caller.dial(world.sandbox, phone);
  await caller.press('1', '2', claim.digits, claim.factor);
  await caller.do('hang-up');
  const { id } = await until('the conversation', async () => (await desk.find(phone)).items[0]);
  const [entry] = (await desk.thread(id)).items;
  expect(entry!.call).toMatchObject({ outcome: 'self-served', missed: false });
  // Somebody else calls in vain afterwards: what follows from both has been seen when that is seen.
  const other = await Caller.dial(world.sandbox, '+15550107304');
  await other.do('hang-up');
  const { id: otherId } = await until('the other conversation', async () => (await desk.find('+15550107304')).items[0]);
  const tasksOf = async (conversation: string) =>
    (await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${conversation}`)).items.filter(({ kind }) => kind === 'callback');
  await until('the other callback', async () => (await tasksOf(otherId)).length === 1);
  expect(await tasksOf(id)).toEqual([]);
  expect(await desk.conversation(id)).toMatchObject({ awaitingReply: false });
});

test('three wrong guesses and the phone tells nothing more; after five in a day, not even to whoever knows', async () => {
  const caller = await Caller.dial(world.sandbox, '+15550107305');
  await caller.press('1', '2');
  for (const n of [1, 2]) expect(await caller.press(claim.digits, wrong(claim.factor, n))).toContain('do not belong together');
  expect(await caller.press(claim.digits, wrong(claim.factor, 3))).toContain('leave your message');
  expect((await caller.call()).awaits?.for).toBe('recording');
  await caller.do('hang-up');

  const again = await Caller.dial(world.sandbox, '+15550107306');
  await again.press('1', '2', claim.digits, wrong(claim.factor, 4), claim.digits, wrong(claim.factor, 5));
  expect(await again.press(claim.digits, claim.factor)).not.toContain(claim.label);
  const heard = (await again.call()).heard.map(({ text }) => text).join(' ');
  expect(heard).not.toContain('stage');
  await again.do('hang-up');
});

test('a claim number alone, or of a claim that is not there, sounds like a wrong second factor', async () => {
  const caller = await Caller.dial(world.sandbox, '+15550107307');
  await caller.press('1', '2');
  expect(await caller.press('2026999999', '0000')).toContain('do not belong together');
  await caller.do('hang-up');
});
