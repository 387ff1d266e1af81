import { newId } from '@claimline/database';
import { searchVector } from '@claimline/messages';
import type { DemoFile } from './pictures';
import { DEMO_CUSTOMERS, type DemoCustomer } from './cast';
import { externalIdOf, type PlannedClaim } from './claims-plan';
import type { SeedRows } from './rows.repository';
import type { DemoChannel, PlannedMessage, PlannedThread } from './threads-plan';
import type { SeededClaim } from './write-claims';
import type { SeededAddress, SeededContacts } from './write-contacts';
import type { SeededStaff } from './write-people';

/** What is needed to write threads. */
export interface ThreadsGround {
  readonly rows: SeedRows;
  readonly now: Date;
  readonly staff: SeededStaff;
  readonly contacts: SeededContacts;
  readonly claims: ReadonlyMap<PlannedClaim, SeededClaim>;
  /** Inbox ids by kind. */
  readonly inboxes: ReadonlyMap<string, { readonly id: string; readonly address: string }>;
  /** Stored files by the name of what they show. */
  readonly files: ReadonlyMap<string, { readonly id: string; readonly file: DemoFile }>;
}

/** A thread with its id, for those who write what hangs on it. */
export interface SeededThread {
  readonly id: string;
  readonly thread: PlannedThread;
  readonly contactId: string;
  readonly claim: SeededClaim | null;
  readonly last: PlannedMessage;
  readonly lastMessageId: string;
  /** The customer's words stand last. */
  readonly waiting: boolean;
}

interface Written {
  readonly seeded: SeededThread;
  readonly messageIds: readonly string[];
}

const SCHEMES = { 'twilio-sms': 'tel', 'twilio-voice': 'tel', email: 'email', wechat: 'wechat' } as const;
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

const isInbound = ({ turn, call }: PlannedMessage): boolean => turn.who === 'in' || (turn.who === 'call' && call?.outcome !== 'answered');
const directionOf = (message: PlannedMessage): string =>
  message.turn.who === 'note' ? 'internal' : message.turn.who === 'in' || message.call?.inbound ? 'inbound' : 'outbound';
const addressOf = ({ contacts }: ThreadsGround, customer: DemoCustomer, channel: DemoChannel): SeededAddress | undefined =>
  contacts.address(customer, SCHEMES[channel]);

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

const ARRIVED = { 'twilio-sms': 'delivered', 'twilio-voice': 'delivered', email: 'sent', wechat: 'sent' } as const;

function deliveryRows(ground: ThreadsGround, { id: conversationId, thread }: SeededThread, message: PlannedMessage, messageId: string) {
  const address = addressOf(ground, thread.customer, message.channel);
  if (directionOf(message) !== 'outbound' || message.call || !address) return [];
  const { state, reason, vendorCode } = message.fate ?? { state: ARRIVED[message.channel] };
  const settled = new Date(message.at.getTime() + 2_400);
  const left = !['suppressed', 'canceled', 'held'].includes(state);
  return [
    {
      id: newId(message.at),
      message_id: messageId,
      conversation_id: conversationId,
      inbox_id: ground.inboxes.get(message.channel)!.id,
      channel: message.channel,
      address_id: address.id,
      to_value: address.value,
      attempt: 1,
      purpose: message.notice ? 'notice' : 'reply',
      priority: message.notice ? 2 : 0,
      state,
      reason,
      vendor_code: vendorCode,
      external_id: left ? `demo-${messageId}` : null,
      due_at: message.at,
      tries: left ? 1 : 0,
      first_tried_at: left ? message.at : null,
      settled_at: state === 'uncertain' ? null : settled,
      created_at: message.at,
      changed_at: settled,
    },
  ];
}

function callRow(ground: ThreadsGround, { id: conversationId, thread }: SeededThread, message: PlannedMessage, messageId: string) {
  const { outcome, seconds, inbound } = message.call!;
  return {
    id: newId(message.at),
    inbox_id: ground.inboxes.get('twilio-voice')!.id,
    external_id: `CAdemo${messageId.replaceAll('-', '')}`,
    conversation_id: conversationId,
    message_id: messageId,
    direction: inbound ? 'inbound' : 'outbound',
    from_value: thread.customer.phone ?? '',
    language: thread.customer.language,
    state: {},
    outcome,
    seconds,
    started_at: message.at,
    ended_at: new Date(message.at.getTime() + seconds * 1_000),
  };
}

function attachmentRows(ground: ThreadsGround, { id: conversationId }: SeededThread, { turn, at }: PlannedMessage, messageId: string) {
  const names = [...(turn.photos ?? []), ...(turn.papers ?? []), ...(turn.voice ? ['voice'] : [])];
  return names.map((name, place) => {
    const { id, file } = ground.files.get(name)!;
    return {
      id: newId(at),
      message_id: messageId,
      conversation_id: conversationId,
      place,
      file_id: id,
      name: file.name,
      content_type: file.contentType,
      size: file.content.length,
      duration: name === 'voice' ? (turn.voice ?? null) : null,
      transcript: name === 'voice' ? turn.text : null,
      state: 'stored',
      attempts: 1,
      created_at: at,
    };
  });
}

const referenceRow = (ground: ThreadsGround, { id }: SeededThread, messageId: string) => ({
  reference: `<${messageId}@mail.test>`,
  inbox_id: ground.inboxes.get('email')!.id,
  message_id: messageId,
  conversation_id: id,
});

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

/** Everybody in the cast who has an address, for the manifest. */
export const reachable = (): readonly DemoCustomer[] => DEMO_CUSTOMERS.filter(({ phone, email }) => phone !== null || email !== null);
