import { fractionOf, idOf, mix } from './chance';
import { claimId, isLitigation, numberOf, partyId } from './claim-lines';
import { conversationId, holderOf, lastDirection, lineOf, previewOf } from './message-lines';
import { addressOf, contactId } from './persons';
import { LONG, type Plan } from './plan';
import { line, list, moment, type Cell } from './rendering';
import type { Surroundings } from './surroundings';
import type { Tally } from './tally';

const DAY_MS = 86_400_000;
const DUE_SHARE = 0.6;
const TO_FILE_SHARE = 0.03;

/** Everything that rows about a conversation are made from. */
export interface Telling {
  readonly plan: Plan;
  readonly ground: Surroundings;
  readonly tally: Tally;
}

function labelsOf({ seed, statusOf }: Plan, n: number): string[] {
  if (statusOf[n] === 'resolved') return [];
  const part = fractionOf(seed ^ 41, n);
  return [...(part < 0.02 ? ['injury'] : []), ...(part > 0.99 ? ['gone-quiet'] : []), ...(part > 0.3 && part < 0.5 ? ['motor'] : [])];
}

const isToFile = ({ seed, claimOf, statusOf }: Plan, n: number): boolean =>
  claimOf[n] === -1 && statusOf[n] === 'open' && n !== LONG && fractionOf(seed ^ 42, n) < TO_FILE_SHARE;

// From two days ago to five days ahead.
function dueOf({ seed, statusOf, endMs }: Plan, n: number): Cell[] {
  if (statusOf[n] !== 'open' || fractionOf(seed ^ 43, n) > DUE_SHARE) return [null, null];
  return [moment(endMs + (fractionOf(seed ^ 44, n) * 7 - 2) * DAY_MS), 'next-response'];
}

function claimCells(plan: Plan, n: number): Cell[] {
  const claim = plan.claimOf[n]!;
  if (claim === -1) return [null, null, null, null];
  const which = plan.firstOfClaim[claim] === n ? 0 : 1;
  return [claimId(plan, claim), numberOf(plan, claim), partyId(plan, claim, which), isLitigation(plan, claim) ? 'litigation' : null];
}

function placeCells({ plan, ground }: Telling, n: number): Cell[] {
  const team = ground.teamIds.length > 0 ? ground.teamIds[mix(plan.seed ^ 45, n) % ground.teamIds.length]! : null;
  const line = lineOf(plan, ground, n);
  const toFile = isToFile(plan, n);
  return [team, toFile ? null : (holderOf(plan, ground, n)?.id ?? null), toFile, line.id, line.kind];
}

function statusCells({ plan, tally }: Telling, n: number): Cell[] {
  const status = plan.statusOf[n]!;
  const until = status === 'snoozed' ? moment(plan.endMs + (1 + fractionOf(plan.seed ^ 46, n) * 30) * DAY_MS) : null;
  return [status, until, status === 'resolved' ? moment(tally.lastMs[n]! + 60_000) : null];
}

export const CONVERSATION_COLUMNS = `id, contact_id, brand_id, claim_id, claim_number, party_id, restricted_to, team_id, assignee_id, to_file, inbox_id, channel, address_id,
  status, snoozed_until, resolved_at, labels, preview, preview_direction, awaiting_reply, message_count, inbound_count, last_message_at, last_inbound_at, next_due_at, next_due_kind, opened_at`;
export function* conversationLines(telling: Telling): Generator<string> {
  const { plan, ground, tally } = telling;
  for (let n = 0; n < plan.sizes.conversations; n++) {
    const contact = plan.contactOf[n]!;
    const direction = lastDirection(plan, n, tally.last[n]!);
    yield line([
      conversationId(plan, n),
      contactId(plan, contact),
      ground.brandId,
      ...claimCells(plan, n),
      ...placeCells(telling, n),
      addressOf(plan, contact, lineOf(plan, ground, n).kind).id,
      ...statusCells(telling, n),
      list(labelsOf(plan, n)),
      previewOf(plan, n, tally.last[n]!),
      direction,
      direction === 'inbound' && plan.statusOf[n] !== 'resolved',
      tally.count[n]!,
      tally.inbound[n]!,
      moment(tally.lastMs[n]!),
      moment(tally.lastInboundMs[n]!),
      ...dueOf(plan, n),
      moment(plan.openedMs[n]!),
    ]);
  }
}

export const READ_COLUMNS = 'account_id, conversation_id, position, inbound_seen';
/** How far whoever holds an open conversation has read: now and then one message is new. */
export function* readLines({ plan, ground, tally }: Telling): Generator<string> {
  for (let n = 0; n < plan.sizes.conversations; n++) {
    const holder = holderOf(plan, ground, n);
    if (!holder || isToFile(plan, n) || plan.statusOf[n] === 'resolved') continue;
    const unread = fractionOf(plan.seed ^ 47, n) < 0.3 ? 1 : 0;
    yield line([holder.id, conversationId(plan, n), tally.count[n]! - unread, Math.max(0, tally.inbound[n]! - unread)]);
  }
}

interface Fact {
  readonly n: number;
  readonly type: string;
  readonly ms: number;
  readonly payload: object;
}

const LONG_FACTS = 100;

function factsOf({ plan, ground, tally }: Telling, n: number): Fact[] {
  const holder = holderOf(plan, ground, n);
  const begun = plan.openedMs[n]!;
  const assigned = { n, type: 'conversation.assigned', payload: { assigneeId: holder?.id ?? null, actorId: null, cause: 'routing' } };
  const times = n === LONG ? LONG_FACTS : 1;
  const step = (tally.lastMs[n]! - begun) / times;
  const facts: Fact[] = Array.from({ length: times }, (_, i) => ({ ...assigned, ms: begun + i * step + 1000 }));
  if (plan.statusOf[n] !== 'snoozed') return facts;
  return [
    ...facts,
    { n, type: 'conversation.snoozed', ms: tally.lastMs[n]! + 1000, payload: { until: moment(plan.endMs), actorId: null } },
  ];
}

export const EVENT_COLUMNS = 'position, id, type, conversation_id, payload, at';
/** Who was given what is still going on, and when it was put off: as the log has it, after whatever it already holds. */
export function* eventLines(telling: Telling, from: number): Generator<string> {
  const { plan } = telling;
  const facts: Fact[] = [];
  for (let n = 0; n < plan.sizes.conversations; n++) if (plan.statusOf[n] !== 'resolved') facts.push(...factsOf(telling, n));
  facts.sort((a, b) => a.ms - b.ms || a.n - b.n);
  for (const [index, { n, type, ms, payload }] of facts.entries())
    yield line([from + index + 1, idOf('event', ms, index), type, conversationId(plan, n), JSON.stringify(payload), moment(ms)]);
}
