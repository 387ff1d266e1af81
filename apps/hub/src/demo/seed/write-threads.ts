import { newId } from '@claimline/database';
import { searchVector } from '@claimline/messages';
import { externalIdOf } from './claims-plan';
import { attachmentRows, callRow, deliveryRows, referenceRow } from './message-rows';
import { addressOf, directionOf, isInbound, type SeededThread, type ThreadsGround } from './threads-ground';
import type { PlannedMessage, PlannedThread } from './threads-plan';

interface Written {
  readonly seeded: SeededThread;
  readonly messageIds: readonly string[];
}

const PREVIEW = 140;

/** Writes conversations with everything that was said in them. */
export async function writeThreads(ground: ThreadsGround, threads: readonly PlannedThread[]): Promise<SeededThread[]> {
  const written = threads.map((thread) => prepare(ground, thread));
  const { rows } = ground;
  await rows.insert(
    'conversations',
    written.map(({ seeded }) => conversationRow(ground, seeded)),
  );
  await rows.insert(
    'notices',
    written.flatMap((one) => each(one, (message, id) => (message.notice ? [noticeRow(ground, one.seeded, message, id)] : []))),
  );
  await rows.insert(
    'messages',
    written.flatMap((one) => each(one, (message, id, seq) => [messageRow(ground, one.seeded, { message, id, seq })])),
  );
  await rows.insert(
    'message_words',
    written.flatMap((one) =>
      each(one, (message, id) => [
        {
          message_id: id,
          conversation_id: one.seeded.id,
          at: message.at,
          words: searchVector(`${message.subject ?? ''} \n ${message.turn.text}`),
        },
      ]),
    ),
  );
  await rows.insert(
    'deliveries',
    written.flatMap((one) => each(one, (message, id) => deliveryRows(ground, one.seeded, message, id))),
  );
  await rows.insert(
    'calls',
    written.flatMap((one) => each(one, (message, id) => (message.call ? [callRow(ground, one.seeded, message, id)] : []))),
  );
  await rows.insert(
    'attachments',
    written.flatMap((one) => each(one, (message, id) => attachmentRows(ground, one.seeded, message, id))),
  );
  await rows.insert(
    'message_references',
    written.flatMap((one) => each(one, (message, id) => (message.channel === 'email' ? [referenceRow(ground, one.seeded, id)] : []))),
  );
  await rows.insert(
    'conversation_reads',
    written.flatMap(({ seeded }) => readRows(ground, seeded)),
  );
  return written.map(({ seeded }) => seeded);
}

function each<Out>({ seeded, messageIds }: Written, make: (message: PlannedMessage, id: string, seq: number) => readonly Out[]): Out[] {
  return seeded.thread.messages.flatMap((message, index) => make(message, messageIds[index]!, index + 1));
}

function prepare({ contacts, claims }: ThreadsGround, thread: PlannedThread): Written {
  const { messages } = thread;
  const messageIds = messages.map(({ at }) => newId(at));
  const spoken = messages.filter(({ turn }) => turn.who !== 'note');
  const last = spoken.at(-1)!;
  const seeded: SeededThread = {
    id: newId(messages[0]!.at),
    thread,
    last,
    lastMessageId: messageIds[messages.indexOf(last)]!,
    contactId: thread.shared ? contacts.sharedId : contacts.ids.get(thread.customer.key)!,
    claim: thread.claim ? claims.get(thread.claim)! : null,
    waiting: thread.status === 'open' && isInbound(last),
  };
  return { seeded, messageIds };
}

function conversationRow(ground: ThreadsGround, { id, thread, contactId, claim, last, waiting }: SeededThread) {
  const inbound = thread.messages.filter((message) => directionOf(message) === 'inbound');
  const party = claim?.parties.get(externalIdOf(thread.customer)) ?? null;
  return {
    id,
    contact_id: contactId,
    claim_id: claim?.id,
    claim_number: claim?.number,
    party_id: party,
    brand_id: ground.staff.brandId,
    team_id: thread.assignee?.team ? ground.staff.teams.get(thread.assignee.team)! : null,
    assignee_id: thread.assignee ? ground.staff.accounts.get(thread.assignee.key)! : null,
    restricted_to: thread.claim?.change.flags?.includes('litigation') ? 'litigation' : null,
    status: thread.status,
    snoozed_until: thread.status === 'snoozed' ? new Date(ground.now.getTime() + 20 * 3_600_000) : null,
    to_file: thread.toFile ?? false,
    subject: thread.subject,
    labels: thread.labels,
    language: thread.customer.language,
    inbox_id: ground.inboxes.get(thread.channel)?.id,
    channel: thread.channel,
    address_id: addressOf(ground, thread.customer, thread.channel)?.id,
    preview: last.turn.text.slice(0, PREVIEW),
    preview_direction: directionOf(last),
    awaiting_reply: waiting,
    message_count: thread.messages.length,
    inbound_count: inbound.length,
    last_message_at: last.at,
    last_inbound_at: inbound.at(-1)?.at,
    opened_at: thread.messages[0]!.at,
    resolved_at: thread.status === 'resolved' ? new Date(last.at.getTime() + 600_000) : null,
  };
}

function messageRow(
  ground: ThreadsGround,
  { id: conversationId, thread }: SeededThread,
  { message, id, seq }: { message: PlannedMessage; id: string; seq: number },
) {
  const { turn, author, call } = message;
  const isNote = turn.who === 'note';
  const address = addressOf(ground, thread.customer, message.channel);
  const line = ground.inboxes.get(message.channel)!;
  const inbound = directionOf(message) === 'inbound';
  return {
    id,
    conversation_id: conversationId,
    seq,
    direction: directionOf(message),
    kind: isNote ? 'note' : call ? 'call' : message.notice ? 'notice' : 'text',
    channel: isNote ? null : message.channel,
    inbox_id: isNote ? null : line.id,
    from_value: inbound ? address?.value : null,
    from_name: inbound && !thread.shared ? thread.customer.name : null,
    from_address_id: inbound ? address?.id : null,
    to_values: isNote ? [] : [inbound ? line.address : (address?.value ?? '')],
    cc_values: message.cc ?? [],
    subject: message.subject ?? (message.channel === 'email' ? thread.subject : null),
    text: turn.text,
    author_id: author && !inbound ? ground.staff.accounts.get(author.key)! : null,
    notice_id: message.notice ? noticeId(ground, message) : null,
    has_original: false,
    occurred_at: message.at,
    received_at: message.at,
  };
}

// A notice and its message name each other; the id is made once and remembered by the message.
const noticeIds = new WeakMap<PlannedMessage, string>();
function noticeId({ now }: ThreadsGround, message: PlannedMessage): string {
  const id = noticeIds.get(message) ?? newId(now);
  noticeIds.set(message, id);
  return id;
}

function noticeRow(
  ground: ThreadsGround,
  { id: conversationId, thread, contactId, claim }: SeededThread,
  message: PlannedMessage,
  messageId: string,
) {
  const step = thread.claim!.steps.findIndex(({ at }) => at.getTime() + 900 === message.at.getTime());
  const eventId = claim!.eventIds[step]!;
  return {
    id: noticeId(ground, message),
    key: `${eventId} ${message.notice} ${contactId}`,
    code: message.notice!,
    class: 'critical',
    claim_id: claim!.id,
    claim_number: claim!.number,
    claim_event_id: eventId,
    party_id: claim!.parties.get(externalIdOf(thread.customer)),
    contact_id: contactId,
    conversation_id: conversationId,
    message_id: messageId,
    language: thread.customer.language,
    template_version: 1,
    state: 'told',
    plan: [{ channel: message.channel }],
    step: 0,
    trace: {},
    occurred_at: thread.claim!.steps[step]!.at,
    created_at: message.at,
    settled_at: new Date(message.at.getTime() + 1_200),
  };
}

/** Colleagues have read everything but what came last to a thread that waits. */
function readRows({ staff }: ThreadsGround, { id, thread, waiting }: SeededThread) {
  const inbound = thread.messages.filter((message) => directionOf(message) === 'inbound').length;
  return [...staff.accounts.values()].map((account) => ({
    account_id: account,
    conversation_id: id,
    position: thread.messages.length - (waiting ? 1 : 0),
    inbound_seen: inbound - (waiting ? 1 : 0),
  }));
}
