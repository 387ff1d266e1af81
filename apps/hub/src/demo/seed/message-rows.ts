import { newId } from '@claimline/database';
import { addressOf, directionOf, type SeededThread, type ThreadsGround } from './threads-ground';
import type { PlannedMessage } from './threads-plan';

const ARRIVED = { 'twilio-sms': 'delivered', 'twilio-voice': 'delivered', email: 'sent', wechat: 'sent' } as const;

/** What was sent, and how it arrived. */
export function deliveryRows(
  ground: ThreadsGround,
  { id: conversationId, thread }: SeededThread,
  message: PlannedMessage,
  messageId: string,
) {
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

/** The call behind an entry of a thread. */
export function callRow(ground: ThreadsGround, { id: conversationId, thread }: SeededThread, message: PlannedMessage, messageId: string) {
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

/** Pictures, papers and voices that came with a message. */
export function attachmentRows(
  ground: ThreadsGround,
  { id: conversationId }: SeededThread,
  { turn, at }: PlannedMessage,
  messageId: string,
) {
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

/** The id by which answers refer to a mail. */
export const referenceRow = (ground: ThreadsGround, { id }: SeededThread, messageId: string) => ({
  reference: `<${messageId}@mail.test>`,
  inbox_id: ground.inboxes.get('email')!.id,
  message_id: messageId,
  conversation_id: id,
});
