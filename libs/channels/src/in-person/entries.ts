import { ChannelError, languageOfText, visitor, type InboundMessage } from '@claimline/messages';
import { z } from 'zod';
import { IN_PERSON_CAPABILITIES } from './capabilities';

/** The kinds of meeting, as statistics count them. */
export const MEETINGS = ['counter', 'home-visit', 'face-to-face'] as const;

/** What somebody of ours writes down of a meeting, as the hub hands it in at the desk door. */
const Entry = z.object({
  is: z.literal('visit'),
  /** The entry's own id: written down twice it is one. */
  id: z.string().min(8).max(64),
  meeting: z.enum(MEETINGS),
  /** The contact who was met, by the hub's id: face to face there is no address. */
  contact: z.string().min(1).max(64),
  name: z.string().max(200).optional(),
  text: z.string().trim().min(1).max(IN_PERSON_CAPABILITIES.maxText),
  place: z.string().trim().min(1).max(300),
  participants: z.array(z.string().trim().min(1).max(120)).max(20).default([]),
  reason: z.string().max(60).optional(),
  /** Which paper proved who it was; never its number. */
  identity: z.enum(['none', 'identity-card', 'passport', 'driving-licence', 'power-of-attorney', 'known-in-person']).default('none'),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .optional(),
  at: z.date(),
  files: z.array(z.uuid()).max(30).default([]),
});
type Entry = z.output<typeof Entry>;

/** What one entry of a counter means. @throws ChannelError `malformed` */
export function eventOf(entry: unknown, line: string): InboundMessage {
  const read = Entry.safeParse(entry);
  if (!read.success)
    throw new ChannelError(
      'malformed',
      `An entry that is no visit: ${read.error.issues[0]?.path.join('.') ?? ''} ${read.error.issues[0]?.message ?? ''}`,
    );
  return message(read.data, line);
}

function message(entry: Entry, line: string): InboundMessage {
  const { meeting, place, participants, reason, identity, minutes } = entry;
  return {
    kind: 'message',
    key: entry.id,
    to: line,
    from: { ...visitor(entry.contact), ...(entry.name && { name: entry.name }) },
    text: entry.text,
    media: entry.files.map((id) => ({ key: id, upload: id })),
    occurredAt: entry.at,
    language: languageOfText(entry.text),
    facts: {
      meeting,
      place,
      identity,
      ...(participants.length > 0 && { participants: participants.join(', ') }),
      ...(reason && { reason }),
      ...(minutes && { minutes: String(minutes) }),
    },
  };
}
