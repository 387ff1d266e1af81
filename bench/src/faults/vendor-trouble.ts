import { until } from '@claimline/test';
import { Desk } from './outside/desk';
import type { Manner, Reaction, VendorLine } from './outside/vendor';
import type { Outcome, Scenario, Size } from './scenario';

const SIZES: Readonly<Record<Size, { readonly lines: number; readonly perLine: number; readonly behindDown: number }>> = {
  short: { lines: 1, perLine: 3, behindDown: 16 },
  whole: { lines: 6, perLine: 4, behindDown: 240 },
};
// What the hub sends at once by one line: so many may be on their way when the fifth failure pauses it.
const AT_ONCE = 8;
const TRIPS_AT = 5;

/** What has to become of a message in the end. */
type End = 'sent' | 'told-failed' | 'with-a-person';

/** One way in which a vendor goes wrong, and what the hub owes its customers then. */
interface Trouble {
  readonly what: string;
  readonly manner: Partial<Manner>;
  /** Requests that the vendor may see for one message. */
  readonly requests: number;
  readonly end: End;
  /** The vendor's report comes when everybody has waited long enough to be worried. */
  readonly reportsLate?: boolean;
}

const twiceThenWell =
  (answer: Reaction['answer']): Manner['send'] =>
  ({ time }) =>
    time <= 2 ? { taken: false, answer } : { taken: true, answer: 'created' };
const always =
  (taken: boolean, answer: Reaction['answer']): Manner['send'] =>
  () => ({ taken, answer });

const TROUBLES: readonly Trouble[] = [
  { what: '429 with Retry-After', manner: { send: twiceThenWell({ status: 429, retryAfter: 2 }) }, requests: 3, end: 'sent' },
  { what: '429 without Retry-After', manner: { send: twiceThenWell({ status: 429 }) }, requests: 3, end: 'sent' },
  { what: '503', manner: { send: twiceThenWell({ status: 503 }) }, requests: 3, end: 'sent' },
  { what: '500, not taken', manner: { send: always(false, { status: 500 }) }, requests: 1, end: 'told-failed' },
  { what: '500, taken all the same', manner: { send: always(true, { status: 500 }) }, requests: 1, end: 'sent' },
  { what: 'no answer, not taken', manner: { send: always(false, 'hang') }, requests: 1, end: 'told-failed' },
  { what: 'closed within the answer', manner: { send: always(true, 'half') }, requests: 1, end: 'sent' },
  { what: 'taken, dead before the answer', manner: { send: always(true, 'die') }, requests: 1, end: 'sent' },
  {
    what: 'taken, dead, cannot be asked, reports late',
    manner: { send: always(true, 'die'), lists: false, reports: false },
    requests: 1,
    end: 'sent',
    reportsLate: true,
  },
  {
    what: 'taken, dead, cannot be asked, never reports',
    manner: { send: always(true, 'die'), lists: false, reports: false },
    requests: 1,
    end: 'with-a-person',
  },
];

/** One answer on its way through a trouble. */
interface Letter {
  readonly trouble: Trouble;
  readonly line: VendorLine;
  readonly conversation: string;
  readonly to: string;
  readonly text: string;
}

const LEFT = ['accepted', 'sent', 'delivered', 'read'];

/** Whether a mark is the end that was promised. */
function isEnd(end: End, mark: { readonly state: string; readonly reason?: string | null } | undefined): boolean {
  if (end === 'sent') return mark !== undefined && LEFT.includes(mark.state);
  if (end === 'told-failed') return mark?.state === 'failed';
  return mark?.state === 'uncertain' && mark.reason === 'uncertain';
}

/** Vendors that refuse, break and fall silent: what was surely not taken is tried again, what may have left never is. */
export const vendorTrouble: Scenario = {
  name: 'vendor-trouble',
  promise:
    'No vendor takes a message twice, however it answers; what was surely not taken is tried again; what may have left is asked for, waited for or given to a person; a line that is down is left alone and holds up no other.',
  async run(size, say) {
    const desk = await Desk.open();
    try {
      const wrong: string[] = [];
      // First, because what hangs does so for fifteen seconds: the line goes down and comes back meanwhile.
      const letters = await posted(desk, size);
      say(`${letters.length} messages into ${TROUBLES.length} kinds of trouble`);
      const down = await lineDown(desk, SIZES[size].behindDown, wrong);
      say(`a line that was down: ${down.requestsUntilOpen} requests until it was left alone, then ${down.probes} probe`);
      const counts = await lost(desk, letters, wrong);
      return { counts: { ...down, ...counts }, wrong };
    } finally {
      await desk.close();
    }
  },
};

/** A line answers 503 to everything: it is left alone, another line is not, one message tries it again, and in the end everybody is told once. */
async function lineDown(desk: Desk, messages: number, wrong: string[]): Promise<Record<string, number>> {
  const { vendor } = desk;
  const [down, fine] = [await desk.newLine('+15550700001'), await desk.newLine('+15550700002')];
  const people = Array.from({ length: messages }, (_, i) => `+1555072${String(1000 + i)}`);
  const conversations = await desk.each(people, (phone) => desk.written(down, phone));
  const neighbour = await desk.written(fine, '+15550719999');
  vendor.behave(down, { send: () => ({ taken: false, answer: { status: 503 } }) });

  await desk.each(conversations, (id, i) => desk.answer(id, `behind a line that is down ${i}`));
  await until('the line to fail', async () => vendor.askedOf(down).length >= TRIPS_AT);
  await passes(desk, neighbour, fine, 'while the other is down');
  const open = vendor.askedOf(down).length;
  if (open > TRIPS_AT - 1 + AT_ONCE) wrong.push(`${open} requests went to a line that failed each time before it was left alone`);

  await desk.pass(16_000);
  await until('a probe', async () => vendor.askedOf(down).length > open);
  await passes(desk, neighbour, fine, 'while the other is probed');
  const probes = vendor.askedOf(down).length - open;
  if (probes !== 1) wrong.push(`a line that was down was tried again with ${probes} messages at once`);

  vendor.behave(down, {});
  await desk.pass(31_000);
  await until('everybody behind the line to be told', async () => {
    // What has failed twice comes back a little later than its line.
    await desk.pass(2_000);
    return vendor.takenOf(down).length >= messages;
  });
  const taken = vendor.takenOf(down);
  if (new Set(taken.map(({ to }) => to)).size !== taken.length) wrong.push('somebody behind the line that was down was told twice');
  return { behindALineThatWasDown: messages, requestsUntilOpen: open, probes, toldAfterwards: taken.length };
}

/** An answer by a line that is well leaves now. */
async function passes(desk: Desk, conversation: string, line: VendorLine, text: string): Promise<void> {
  await desk.answer(conversation, text);
  await until(`"${text}" at the vendor`, async () => desk.vendor.takenOf(line).some((one) => one.text === text));
}

async function lost(desk: Desk, letters: readonly Letter[], wrong: string[]): Promise<Record<string, number>> {
  const { vendor } = desk;
  await until('every message to have been tried', async () => letters.every((letter) => requestsFor(desk, letter) > 0));
  await until(
    'what hangs to be given up',
    async () => {
      const now = await marks(desk, letters);
      const stands = (...states: string[]) => now.some((mark) => mark === undefined || states.includes(mark.state));
      // A lease lasts two minutes: time passes slowly as long as a call is out. What only waits for its line, in pauses that grow, need not be waited for.
      await desk.pass(stands('sending') ? 500 : 15_000);
      return !stands('due', 'sending');
    },
    90,
  );
  const late = letters.filter(({ trouble }) => trouble.reportsLate);
  const before = await marks(desk, late);
  if (before.some((mark) => mark?.state !== 'uncertain'))
    wrong.push('a message whose answer was lost and of which nothing was heard was not shown as uncertain');
  for (const letter of late) for (const taken of takenFor(desk, letter)) await vendor.report(taken, 'delivered');
  await until(
    'every fate to be known or given to a person',
    async () => {
      await desk.pass(30_000);
      const now = await marks(desk, letters);
      return letters.every(({ trouble }, i) => isEnd(trouble.end, now[i]));
    },
    90,
  ).catch(async () => {
    const now = await marks(desk, letters);
    for (const [i, { trouble }] of letters.entries())
      if (!isEnd(trouble.end, now[i])) wrong.push(`${trouble.what}: ${now[i]?.state} ${now[i]?.reason ?? ''} instead of ${trouble.end}`);
  });
  await handedOver(desk, letters, wrong);
  return counted(desk, letters, wrong);
}

async function posted(desk: Desk, size: Size): Promise<Letter[]> {
  const { lines, perLine } = SIZES[size];
  const wanted = TROUBLES.flatMap((trouble, kind) =>
    Array.from({ length: lines }, (_, n) => ({ trouble, address: `+1555073${String(1000 + kind * 100 + n)}` })),
  );
  const open = await desk.each(wanted, async ({ trouble, address }) => ({ trouble, line: await desk.newLine(address) }));
  const people = open.flatMap((one, i) =>
    Array.from({ length: perLine }, (_, n) => ({ ...one, to: `+1555074${String(1000 + i * perLine + n)}` })),
  );
  const letters = await desk.each(people, async ({ trouble, line, to }, i) => ({
    trouble,
    line,
    to,
    text: `answer ${i}: ${trouble.what}`,
    conversation: await desk.written(line, to),
  }));
  for (const { trouble, line } of open) desk.vendor.behave(line, trouble.manner);
  await desk.each(letters, ({ conversation, text }) => desk.answer(conversation, text));
  return letters;
}

const marks = (desk: Desk, letters: readonly Letter[]) => desk.each(letters, ({ conversation }) => desk.mark(conversation));
const takenFor = ({ vendor }: Desk, { to, text }: Letter) => vendor.taken.filter((one) => one.to === to && one.text === text);
const requestsFor = ({ vendor }: Desk, { to, text }: Letter): number =>
  vendor.asked.filter((one) => one.to === to && one.text === text).length;

/** What the hub could not finish by itself stands on somebody's list. */
async function handedOver(desk: Desk, letters: readonly Letter[], wrong: string[]): Promise<void> {
  for (const { conversation, trouble } of letters.filter(({ trouble: { end } }) => end !== 'sent')) {
    await until(`a task about "${trouble.what}"`, async () => (await tasksOf(desk, conversation)) > 0, 20).catch(() =>
      wrong.push(`${trouble.what}: nobody was asked to look`),
    );
  }
}

const tasksOf = async ({ supervisor }: Desk, conversation: string): Promise<number> =>
  (await supervisor.get<{ items: unknown[] }>(`/api/tasks?view=all&conversation=${conversation}&limit=10`)).items.length;

function counted(desk: Desk, letters: readonly Letter[], wrong: string[]): Outcome['counts'] & Record<string, number> {
  const counts: Record<string, number> = { messages: letters.length, requests: 0, taken: 0, takenTwice: 0 };
  for (const letter of letters) {
    const { what, requests } = letter.trouble;
    const [asked, taken] = [requestsFor(desk, letter), takenFor(desk, letter).length];
    counts.requests! += asked;
    counts.taken! += taken;
    if (taken > 1) counts.takenTwice! += 1;
    if (taken > 1) wrong.push(`${what}: the vendor took one message ${taken} times`);
    if (asked !== requests) wrong.push(`${what}: ${asked} requests for one message instead of ${requests}`);
    const end = { sent: 'sent', 'told-failed': 'toldFailed', 'with-a-person': 'withAPerson' }[letter.trouble.end];
    counts[end] = (counts[end] ?? 0) + 1;
  }
  return counts;
}
