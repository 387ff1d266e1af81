import { searchVector } from '@claimline/messages';
import { fractionOf, idOf, mix } from './chance';
import { addressOf } from './persons';
import { messageAt, type Plan } from './plan';
import { line, list, moment, type Cell } from './rendering';
import type { Line, Surroundings } from './surroundings';
import type { Tally } from './tally';
import { nameOf, textOf, writesChinese } from './wording';

export const conversationId = (plan: Plan, n: number): string => idOf('conversation', plan.openedMs[n]!, n);
const messageId = (ms: number, message: number): string => idOf('message', ms, message);

/** The line a conversation runs over. */
export const lineOf = (plan: Plan, { lines }: Surroundings, n: number): Line => lines[mix(plan.seed ^ 31, n) % lines.length]!;

/** Who holds it, if anybody: three of four that are open, nearly all that are done. */
export function holderOf(plan: Plan, { accounts }: Surroundings, n: number): { readonly id: string; readonly name: string } | undefined {
  const share = plan.statusOf[n] === 'resolved' ? 0.95 : 0.75;
  return fractionOf(plan.seed ^ 32, n) < share ? accounts[mix(plan.seed ^ 33, n) % accounts.length] : undefined;
}

type Direction = 'inbound' | 'outbound' | 'internal';

// The customer begins; one in twenty is a note among colleagues.
function directionOf(plan: Plan, n: number, message: number): Direction {
  if (message === plan.firstMessage[n]) return 'inbound';
  const part = fractionOf(plan.seed ^ 34, message);
  if (part < 0.05) return 'internal';
  return part < 0.5 ? 'outbound' : 'inbound';
}

/** Calls back for every message in the order of time, with the conversation it belongs to. */
function* everyMessage(plan: Plan): Generator<{ n: number; message: number; ms: number }> {
  const conversationOf = new Int32Array(plan.sizes.messages);
  for (let n = 0; n < plan.sizes.conversations; n++) conversationOf.fill(n, plan.firstMessage[n], plan.firstMessage[n + 1]);
  for (const entry of plan.timeline) {
    const { message, ms } = messageAt(plan, entry);
    yield { n: conversationOf[message]!, message, ms };
  }
}

const wordsOf = (plan: Plan, n: number, message: number): string => textOf(plan.seed, message, writesChinese(plan.contactOf[n]!));

/** The text that the inbox shows of a message. */
export const previewOf = (plan: Plan, n: number, message: number): string => wordsOf(plan, n, message).slice(0, 120);
export const lastDirection = directionOf;

export const MESSAGE_COLUMNS =
  'id, conversation_id, seq, direction, kind, channel, inbox_id, from_value, from_name, from_address_id, to_values, text, author_id, occurred_at, received_at';
export function* messageLines(plan: Plan, ground: Surroundings, tally: Tally): Generator<string> {
  for (const { n, message, ms } of everyMessage(plan)) {
    const direction = directionOf(plan, n, message);
    const seq = tally.add(n, { message, ms, direction });
    const at = moment(ms);
    const head: Cell[] = [messageId(ms, message), conversationId(plan, n), seq, direction, direction === 'internal' ? 'note' : 'text'];
    yield line([...head, ...envelope(plan, ground, n, direction), wordsOf(plan, n, message), author(plan, ground, n, direction), at, at]);
  }
}

function envelope(plan: Plan, ground: Surroundings, n: number, direction: Direction): Cell[] {
  if (direction === 'internal') return [null, null, null, null, null, '{}'];
  const { id, kind, address } = lineOf(plan, ground, n);
  const contact = plan.contactOf[n]!;
  const person = addressOf(plan, contact, kind);
  if (direction === 'inbound') return [kind, id, person.value, nameOf(plan.seed, contact), person.id, list([address])];
  return [kind, id, address, null, null, list([person.value])];
}

const author = (plan: Plan, ground: Surroundings, n: number, direction: Direction): string | null =>
  direction === 'inbound' ? null : (holderOf(plan, ground, n) ?? ground.accounts[0]!).id;

export const WORD_COLUMNS = 'message_id, conversation_id, at, words';
export function* wordLines(plan: Plan): Generator<string> {
  for (const { n, message, ms } of everyMessage(plan))
    yield line([messageId(ms, message), conversationId(plan, n), moment(ms), searchVector(` \n ${wordsOf(plan, n, message)}`)]);
}

export const DELIVERY_COLUMNS =
  'id, message_id, conversation_id, inbox_id, channel, address_id, to_value, purpose, priority, state, external_id, due_at, settled_at, created_at, changed_at';
/** What left in conversations that are still going on: delivered. */
export function* deliveryLines(plan: Plan, ground: Surroundings): Generator<string> {
  for (const { n, message, ms } of everyMessage(plan)) {
    if (plan.statusOf[n] === 'resolved' || directionOf(plan, n, message) !== 'outbound') continue;
    const { id: inbox, kind } = lineOf(plan, ground, n);
    const person = addressOf(plan, plan.contactOf[n]!, kind);
    const at = moment(ms);
    const about = [idOf('delivery', ms, message), messageId(ms, message), conversationId(plan, n), inbox, kind, person.id, person.value];
    yield line([...about, 'reply', 10, 'delivered', `ground-${message}`, at, moment(ms + 2000), at, moment(ms + 2000)]);
  }
}
