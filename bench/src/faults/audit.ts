import { until } from '@claimline/test';
import type { Ground } from './ground';
import type { Ledger, Said } from './ledger';

/** A message of the load as it stands in the database. */
export interface Kept {
  readonly id: string;
  readonly conversation: string;
  readonly contact: string;
  readonly text: string;
  readonly events: number;
  readonly clamped: boolean;
}

/** What the audit came to; an empty `wrong` is a promise kept. */
export interface Findings {
  readonly counts: Record<string, number>;
  readonly wrong: string[];
}

const SHOWN = 3;
const some = (texts: readonly string[]): string => `${texts.slice(0, SHOWN).join(' · ')}${texts.length > SHOWN ? ' …' : ''}`;

/**
 * Holds the database against what was said: everything that was acknowledged is there once and nothing else is, each sender has one conversation of one contact,
 * the thread has it in the order in which it was said, and every message has its event.
 */
export async function audit(ground: Ground, ledger: Ledger): Promise<Findings> {
  await until('everything that was said to be there', async () => (await keptTexts(ground, ledger)) >= ledger.said.length, 60).catch(
    () => undefined,
  );
  await until('the event log to have everything', async () => (await outboxLength(ground)) === 0, 60).catch(() => undefined);
  const kept = await read(ground, ledger);
  const wrong = [
    ...presence(ledger, kept),
    ...conversations(ledger, kept),
    ...order(ledger, kept),
    ...(await places(ground, kept)),
    ...(await parked(ground)),
  ];
  return { counts: { kept: kept.length, conversations: new Set(kept.map((one) => one.conversation)).size }, wrong };
}

/** All messages of the load, in the order of their threads. */
export async function read(ground: Ground, { mark }: Ledger): Promise<Kept[]> {
  return ground.rows<Kept>(
    `SELECT m.id, m.conversation_id AS conversation, c.contact_id AS contact, btrim(m.text, E' \\r\\n') AS text,
       (SELECT count(*)::int FROM event_log e WHERE e.conversation_id = m.conversation_id AND e.type = 'message.received' AND e.payload->>'messageId' = m.id::text) AS events,
       m.occurred_at BETWEEN m.received_at - interval '7 days' AND m.received_at AS clamped
     FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.direction = 'inbound' AND m.text LIKE $1 ORDER BY m.conversation_id, m.occurred_at, m.id`,
    [`${mark} %`],
  );
}

async function keptTexts(ground: Ground, { mark }: Ledger): Promise<number> {
  const [row] = await ground.rows<{ count: number }>(
    `SELECT count(DISTINCT text)::int AS count FROM messages WHERE direction = 'inbound' AND text LIKE $1`,
    [`${mark} %`],
  );
  return row!.count;
}

async function outboxLength(ground: Ground): Promise<number> {
  return (await ground.rows<{ count: number }>('SELECT count(*)::int AS count FROM outbox'))[0]!.count;
}

function presence({ said }: Ledger, kept: readonly Kept[]): string[] {
  const times = new Map<string, number>();
  for (const { text } of kept) times.set(text, (times.get(text) ?? 0) + 1);
  const known = new Set(said.map(({ text }) => text));
  const lost = said.filter((one) => one.acknowledged > 0 && !times.has(one.text));
  const missing = said.filter((one) => one.acknowledged === 0 && !times.has(one.text));
  const twice = [...times].filter(([, count]) => count > 1);
  const foreign = kept.filter(({ text }) => !known.has(text));
  const unheard = kept.filter(({ events }) => events !== 1);
  return sentences([
    ['acknowledged and not there', lost.map(({ text }) => text)],
    ['never acknowledged and never arrived', missing.map(({ text }) => text)],
    ['there more than once', twice.map(([text]) => text)],
    ['there although nobody said it', foreign.map(({ text }) => text)],
    ['without exactly one event', unheard.map(({ text, events }) => `${text} (${events})`)],
    ['with a time outside of its bounds', kept.filter(({ clamped }) => !clamped).map(({ text }) => text)],
  ]);
}

function conversations({ said }: Ledger, kept: readonly Kept[]): string[] {
  const senderOf = new Map(said.map((one) => [one.text, `${one.way} ${one.from}`]));
  const groups = (by: (one: Kept) => string, of: (one: Kept) => string): Map<string, Set<string>> => {
    const found = new Map<string, Set<string>>();
    for (const one of kept) found.set(by(one), (found.get(by(one)) ?? new Set()).add(of(one)));
    return found;
  };
  const sender = (one: Kept): string => senderOf.get(one.text) ?? '?';
  const many = (map: Map<string, Set<string>>): string[] => [...map].filter(([, set]) => set.size > 1).map(([key]) => key);
  return sentences([
    ['senders with several conversations', many(groups(sender, (one) => one.conversation))],
    ['senders with several contacts', many(groups(sender, (one) => one.contact))],
    ['conversations with several senders', many(groups((one) => one.conversation, sender))],
  ]);
}

// Whoever waits for the answer before they say the next thing has said them in this order. A vendor that comes again later has no order to keep.
function order({ said }: Ledger, kept: readonly Kept[]): string[] {
  const place = new Map(said.map((one, at) => [one.text, at]));
  const inOrder = (one: Kept): boolean => !one.text.split(' ').includes('vendor');
  const wrong: string[] = [];
  for (let at = 1; at < kept.length; at++) {
    const [before, here] = [kept[at - 1]!, kept[at]!];
    if (before.conversation === here.conversation && inOrder(here) && place.get(before.text)! > place.get(here.text)!)
      wrong.push(here.text);
  }
  return sentences([['out of the order in which it was said', wrong]]);
}

// Whatever else stands in those threads (answers, notes), the places are 1, 2, 3 … and the conversation knows how many they are.
async function places(ground: Ground, kept: readonly Kept[]): Promise<string[]> {
  const broken = await ground.rows<{ id: string }>(
    `SELECT c.id FROM conversations c JOIN LATERAL (SELECT count(*) AS n, count(DISTINCT seq) AS places, max(seq) AS last FROM messages m WHERE m.conversation_id = c.id) t ON true
     WHERE c.id = ANY($1) AND NOT (t.n = t.places AND t.n = t.last AND t.n = c.message_count)`,
    [[...new Set(kept.map((one) => one.conversation))]],
  );
  return sentences([['conversations with gaps or doubles in their places', broken.map(({ id }) => id)]]);
}

async function parked(ground: Ground): Promise<string[]> {
  const rows = await ground.rows<{ consumer: string; error: string }>('SELECT consumer, error FROM parked_events');
  return sentences([['events set aside', rows.map(({ consumer, error }) => `${consumer}: ${error}`)]]);
}

/** One sentence for each kind of fault that was found. */
export function sentences(found: readonly (readonly [what: string, which: readonly string[]])[]): string[] {
  return found.filter(([, which]) => which.length > 0).map(([what, which]) => `${which.length} ${what}: ${some(which)}`);
}

/** The senders' own view, for a check over the API: what one of them said, in order. */
export const saidBy = ({ said }: Ledger, from: string): Said[] => said.filter((one) => one.from === from);
