import { ChannelError, languageOfText, type InboundEvent } from '@claimline/messages';
import { z } from 'zod';
import { LETTER_CAPABILITIES } from './capabilities';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What the mailroom writes down, as the hub hands it in at the desk door. */
const Entry = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('letter'),
    /** The scan's own id: the same scan is one letter, however often it is filed. */
    id: z.string().min(8).max(64),
    /** Who wrote it, as it stands on the paper or as the party is known. */
    from: z.string().min(1).max(320),
    name: z.string().max(200).optional(),
    subject: z.string().max(300).optional(),
    text: z.string().max(LETTER_CAPABILITIES.maxText).default(''),
    /** The stamp of the day on which it reached the house, in UTC. */
    receivedAt: z.date(),
    files: z.array(z.uuid()).min(1).max(30),
  }),
  z.object({ is: z.literal('posted'), deliveryId: z.string().min(1).max(64), on: Day, at: z.date() }),
  z.object({ is: z.literal('returned'), deliveryId: z.string().min(1).max(64), on: Day, at: z.date() }),
]);
type Entry = z.output<typeof Entry>;

/** What one entry of the mailroom means. @throws ChannelError `malformed` */
export function eventOf(entry: unknown, line: string): InboundEvent {
  const read = Entry.safeParse(entry);
  if (!read.success)
    throw new ChannelError(
      'malformed',
      `An entry that is none of the mailroom’s: ${read.error.issues[0]?.path.join('.') ?? ''} ${read.error.issues[0]?.message ?? ''}`,
    );
  return read.data.is === 'letter' ? letter(read.data, line) : fate(read.data, line);
}

function letter(entry: Extract<Entry, { is: 'letter' }>, line: string): InboundEvent {
  return {
    kind: 'message',
    key: entry.id,
    to: line,
    from: { scheme: 'postal', scope: '', value: entry.from, ...(entry.name && { name: entry.name }) },
    ...(entry.subject && { subject: entry.subject }),
    text: entry.text,
    media: entry.files.map((id) => ({ key: id, upload: id })),
    occurredAt: entry.receivedAt,
    language: languageOfText(entry.text),
  };
}

// One key per letter and news: marked twice is marked once.
function fate(entry: Extract<Entry, { is: 'posted' | 'returned' }>, line: string): InboundEvent {
  const { deliveryId, on, at } = entry;
  const about = { kind: 'delivery', to: line, externalId: deliveryId, deliveryId, occurredAt: at } as const;
  if (entry.is === 'posted') return { ...about, key: `${deliveryId}:posted`, state: 'sent', vendorCode: on };
  return { ...about, key: `${deliveryId}:returned`, state: 'undeliverable', reason: 'undeliverable', vendorCode: on };
}
