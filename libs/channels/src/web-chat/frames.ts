import { ChannelError, languageOfText, visitor, type InboundEvent } from '@claimline/messages';
import { z } from 'zod';
import { WEB_CHAT_CAPABILITIES } from './capabilities';

const { maxText, media } = WEB_CHAT_CAPABILITIES;

/** What a visitor does, as the hub hands it in at the socket door. `user` and `name` are the hub's words, never the visitor's. */
const Frame = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('send'),
    clientMsgId: z.string().min(8).max(64),
    text: z.string().max(maxText),
    attachments: z.array(z.uuid()).max(media!.maxCount).default([]),
    language: z.string().max(20).optional(),
    name: z.string().max(200).optional(),
    user: z.string().max(200).optional(),
  }),
  z.object({ is: z.literal('typing'), active: z.boolean() }),
  /** `externalId` is the last message of ours that the visitor has seen. */
  z.object({ is: z.literal('read'), externalId: z.string().min(1).max(100) }),
]);
type Frame = z.output<typeof Frame>;

/** What one frame of a visitor means. @throws ChannelError `malformed` */
export function eventOf(frame: unknown, from: string, line: string): InboundEvent {
  const read = Frame.safeParse(frame);
  if (!read.success)
    throw new ChannelError(
      'malformed',
      `A frame that is none of ours: ${read.error.issues[0]?.path.join('.') ?? ''} ${read.error.issues[0]?.message ?? ''}`,
    );
  if (read.data.is === 'send') return message(read.data, from, line);
  const who = visitor(from);
  if (read.data.is === 'typing') return { kind: 'typing', key: `${from}:typing`, to: line, from: who, active: read.data.active };
  // Once per message: seen again is not news.
  return { kind: 'read', key: `${from}:${read.data.externalId}`, to: line, from: who, externalId: read.data.externalId };
}

function message(frame: Extract<Frame, { is: 'send' }>, from: string, line: string): InboundEvent {
  const text = frame.text.trim();
  if (!text && frame.attachments.length === 0) throw new ChannelError('malformed', 'A message without words and files');
  return {
    kind: 'message',
    // The visitor's own id of it, within this visitor: the same twice is one message, and nobody can take another one's.
    key: `${from}:${frame.clientMsgId}`,
    to: line,
    from: { ...visitor(from), ...(frame.name && { name: frame.name }) },
    text,
    media: frame.attachments.map((id) => ({ key: id, upload: id })),
    // The letters know better than the page in which language somebody writes.
    language: languageOfText(text) ?? frame.language,
    facts: { clientMsgId: frame.clientMsgId, ...(frame.user && { user: frame.user, identity: 'verified' }) },
  };
}
