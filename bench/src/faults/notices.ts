import { setTimeout as sleep } from 'node:timers/promises';
import { postSms, until } from '@claimline/test';
import { Books } from './outside/books';
import { Desk } from './outside/desk';
import type { VendorLine } from './outside/vendor';
import type { Scenario, Size } from './scenario';

/**
 * `pace`: what the line takes in a second; null: as fast as it goes. `each`: milliseconds from one answer of an agent to the next: in the whole size
 * nobody answers faster for long, and without a pause the answers would be a load of their own.
 */
interface Extent {
  readonly notices: number;
  readonly beside: number;
  readonly agents: number;
  readonly answers: number;
  readonly each: number;
  readonly pace: number | null;
}
const SIZES: Readonly<Record<Size, Extent>> = {
  // As slow as some real lines are.
  short: { notices: 3_000, beside: 20, agents: 4, answers: 4, each: 500, pace: 20 },
  whole: { notices: 100_000, beside: 200, agents: 20, answers: 15, each: 3_000, pace: null },
};
// What the hub has out by one line at once: so many may be on their way when somebody clicks "send", and nothing else goes first.
const AT_ONCE = 8;
// Notices that have left before the agents are listened to: a second or two of them.
const WARMING_UP = 64;
const WITHIN_MS = 1_000;

type Line = VendorLine & { readonly inboxId: string };

/** How one answer fared: vendor requests by its line that came after it was queued and before it, and milliseconds from the click. */
interface Fared {
  readonly before: number;
  readonly milliseconds: number;
}

/** A hundred thousand notices wait to leave, and agents go on chatting by the same line. */
export const notices: Scenario = {
  name: 'notices',
  promise:
    'While a hundred thousand notices wait by a line, what an agent answers leaves before them, another line is not held up, and everybody is told once.',
  async run(size, say) {
    const desk = await Desk.open();
    const books = Books.open(desk.world.hub);
    try {
      const wrong: string[] = [];
      const { notices: count, beside } = SIZES[size];
      const [busy, other] = [await desk.newLine('+15550800001'), await desk.newLine('+15550800002')];
      await desk.administrator.call('PATCH', `/api/inboxes/${busy.inboxId}`, { sendsPerSecond: SIZES[size].pace });
      const talks = await conversations(desk, busy, SIZES[size].agents);
      await queue(books, busy, { count, prefix: '+1666' });
      say(`${count} notices wait`);
      await queue(books, other, { count: beside, prefix: '+1667' });
      // Not its first moments: after so many rows at once every plan is made anew.
      await until('the stream to run', async () => desk.vendor.takenOf(busy).length > WARMING_UP);
      const begun = { at: performance.now(), taken: desk.vendor.takenOf(busy).length };
      const fared = (await Promise.all(talks.map((talk, n) => chat(desk, busy, { ...talk, n, ...SIZES[size] })))).flat();
      say(`${fared.length} answers given meanwhile`);
      await until('the other line to be told', async () => desk.vendor.takenOf(other).length >= beside, 120);
      const stillWaiting = count - desk.vendor.takenOf(busy).filter(({ to }) => to.startsWith('+1666')).length;
      const perSecond = (desk.vendor.takenOf(busy).length - begun.taken) / ((performance.now() - begun.at) / 1000);
      judge(fared, wrong, size);
      if (stillWaiting <= 0) wrong.push('the notices had all left before the agents were done: the answers proved nothing');
      const told = await account(desk, books, { busy, other, count, beside }, wrong);
      const milliseconds = fared.map((one) => one.milliseconds).sort((a, b) => a - b);
      return {
        counts: {
          notices: count,
          answers: fared.length,
          ahead: Math.max(...fared.map(({ before }) => before)),
          answerMedianMs: Math.round(milliseconds[Math.floor(milliseconds.length / 2)]!),
          answerSlowestMs: Math.round(milliseconds.at(-1)!),
          waitingBehindTheAnswers: stillWaiting,
          noticesPerSecond: Math.round(perSecond),
          besideThem: between(desk, busy, other),
          ...told,
        },
        wrong,
      };
    } finally {
      await books.close();
      await desk.close();
    }
  },
};

const conversations = (desk: Desk, line: Line, agents: number): Promise<{ id: string; phone: string }[]> =>
  desk.each(
    Array.from({ length: agents }, (_, n) => `+1555081${String(1000 + n)}`),
    async (phone) => ({ phone, id: await desk.written(line, phone) }),
  );

/** A customer writes and an agent answers, again and again, while the notices leave; not all agents at the same moment. */
async function chat(
  desk: Desk,
  line: Line,
  { id, phone, n, answers, agents, each }: { id: string; phone: string; n: number } & Extent,
): Promise<Fared[]> {
  const { vendor } = desk;
  const fared: Fared[] = [];
  const begun = performance.now() + (each * n) / agents;
  for (let turn = 0; turn < answers; turn++) {
    await sleep(Math.max(0, begun + each * turn - performance.now()));
    const text = `answer ${turn} of agent ${n}`;
    await postSms(line, { from: phone, text: `question ${turn}` });
    const clicked = performance.now();
    await desk.answer(id, text);
    const queued = performance.now();
    const asked = await until(`"${text}" at the vendor`, async () =>
      vendor.askedOf(line).find((one) => one.to === phone && one.text === text),
    );
    const before = vendor.askedOf(line).filter(({ to, at }) => to.startsWith('+1666') && at > queued && at < asked.at).length;
    fared.push({ before, milliseconds: asked.at - clicked });
  }
  return fared;
}

function judge(fared: readonly Fared[], wrong: string[], size: Size): void {
  const overtaken = fared.filter(({ before }) => before > AT_ONCE).length;
  const late = fared.filter(({ milliseconds }) => milliseconds > WITHIN_MS).length;
  if (overtaken > 0) wrong.push(`${overtaken} answers saw more notices leave before them than were out already`);
  if (size === 'whole' && late > 0) wrong.push(`${late} of ${fared.length} answers needed more than a second to leave`);
}

/** How many notices of the busy line left for each hundred of the other, while those left: neither waits for the other. */
function between(desk: Desk, busy: Line, other: Line): number {
  const mine = desk.vendor.askedOf(other);
  const [from, to] = [mine[0]?.at ?? 0, mine.at(-1)?.at ?? 0];
  return Math.round((desk.vendor.askedOf(busy).filter(({ at }) => at >= from && at <= to).length / Math.max(1, mine.length)) * 100);
}

/** Everybody told is told once, and who is not told yet still waits: the line is stopped, and both are counted. */
async function account(
  desk: Desk,
  books: Books,
  { busy, other, count, beside }: { busy: Line; other: Line; count: number; beside: number },
  wrong: string[],
): Promise<Record<string, number>> {
  const told = () => desk.vendor.takenOf(busy).filter(({ to }) => to.startsWith('+1666'));
  await desk.administrator.call('PATCH', `/api/inboxes/${busy.inboxId}`, { state: 'stopped' });
  const states = await until(
    'nothing to be on its way',
    async () => {
      const rows = await books.rows<{ state: string; count: number }>(
        `SELECT state, count(*)::int AS count FROM deliveries WHERE inbox_id = $1 AND to_value LIKE '+1666%' GROUP BY state`,
        [busy.inboxId],
      );
      return rows.some(({ state }) => state === 'sending') ? undefined : new Map(rows.map((row) => [row.state, row.count]));
    },
    60,
  );
  // Those that were just being looked at when the line was stopped are put back for a minute.
  const waiting = (states.get('due') ?? 0) + (states.get('held') ?? 0);
  const people = new Set(told().map(({ to }) => to)).size;
  const twice = told().length - people + (desk.vendor.takenOf(other).length - beside);
  if (twice > 0) wrong.push(`${twice} notices were taken by the vendor twice`);
  if (people + waiting !== count)
    wrong.push(
      `of ${count} notices ${people} were told and ${waiting} wait: ${count - people - waiting} are neither (${JSON.stringify([...states])})`,
    );
  return { told: people, waiting, twice };
}

/** Puts notices in the queue of a line as the hub writes them: one contact, thread, message and delivery each, at an hour at which everybody is awake. */
async function queue(books: Books, line: Line, { count, prefix }: { count: number; prefix: string }): Promise<void> {
  await books.rows(QUEUE, [line.inboxId, prefix, count, noon(), new Date()]);
  // What autovacuum does within a minute of so many rows.
  await books.rows('ANALYZE contacts, addresses, contact_addresses, conversations, messages, deliveries');
}

/** A zone in which it is noon now. */
function noon(now = new Date()): string {
  const ahead = ((12 - now.getUTCHours() + 36) % 24) - 12;
  // The names count westwards: Etc/GMT-8 is eight hours ahead.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

const QUEUE = `
  WITH people AS (
    SELECT n, $2::text || lpad(n::text, 7, '0') AS phone, uuidv7() AS contact, uuidv7() AS address, uuidv7() AS conversation, uuidv7() AS message FROM generate_series(1, $3::int) AS n
  ), line AS (SELECT id, brand_id, team_id FROM inboxes WHERE id = $1),
  contacts_made AS (
    INSERT INTO contacts (id, kind, name, language, time_zone, created_at) SELECT contact, 'person', 'Holder ' || n, 'en', $4, $5 FROM people),
  addresses_made AS (
    INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at) SELECT address, 'tel', '', phone, contact, $5 FROM people),
  held AS (
    INSERT INTO contact_addresses (contact_id, address_id, level, since) SELECT contact, address, 'claimed', $5 FROM people),
  threads AS (
    INSERT INTO conversations (id, contact_id, brand_id, team_id, channel, inbox_id, address_id, preview, preview_direction, message_count, last_message_at, opened_at)
    SELECT conversation, contact, brand_id, team_id, 'twilio-sms', line.id, address, 'Your claim has moved', 'outbound', 1, $5, $5 FROM people, line),
  messages_made AS (
    INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, inbox_id, to_values, text, occurred_at, received_at)
    SELECT message, conversation, 1, 'outbound', 'notice', 'twilio-sms', line.id, ARRAY[phone], 'Your claim has moved: ' || n, $5, $5 FROM people, line)
  INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, address_id, to_value, purpose, priority, state, due_at, created_at, changed_at)
  SELECT uuidv7(), message, conversation, line.id, 'twilio-sms', address, phone, 'notice', 30, 'due', $5, $5, $5 FROM people, line
`;
