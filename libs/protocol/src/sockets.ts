import { z } from 'zod';
import { Attachment } from './attachments';
import { Id, Moment } from './paging';

/** One line of the event log as a console hears it: something changed, fetch it. Gaps are healed by asking from the last position. */
export interface ConsoleEvent {
  readonly position: number;
  readonly type: string;
  readonly conversationId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What the hub says in `/console`. */
export interface ConsoleServerEvents {
  /** In order, without gaps, only of what this person may see. */
  events: (batch: readonly ConsoleEvent[], upTo: number) => void;
  typing: (who: { conversationId: string; name: string; side: 'customer' | 'colleague'; active: boolean }) => void;
  /** Who else has this conversation open. */
  viewers: (who: { conversationId: string; people: readonly { id: string; name: string }[] }) => void;
  /** The session has ended; sign in again. */
  'signed-out': () => void;
}
/** What a console says. */
export interface ConsoleClientEvents {
  /** "I know everything up to here": the rest follows as `events`. Without a position: from now on. */
  resume: (from: { position: number | null }, ack: (now: { position: number }) => void) => void;
  typing: (what: { conversationId: string; active: boolean }) => void;
  viewing: (what: { conversationId: string | null }) => void;
}

/** A message as the customer's widget sees it: no names of systems, no delivery details but their own. */
export const VisitorMessage = z.object({
  id: Id,
  seq: z.number(),
  mine: z.boolean(),
  author: z.string().nullable(),
  text: z.string(),
  attachments: z.array(Attachment.pick({ id: true, name: true, contentType: true, size: true, state: true }).extend({ url: z.string() })),
  at: Moment,
  read: z.boolean(),
  clientMsgId: z.string().nullable(),
});
export type VisitorMessage = z.infer<typeof VisitorMessage>;

/** `chat:send`: the same `clientMsgId` twice is one message. */
export const VisitorSend = z.object({
  clientMsgId: z.string().min(8).max(64),
  text: z.string().max(5000),
  attachments: z.array(Id).max(10).default([]),
  /** Where to go on when the visitor has left: becomes an address that they claim. */
  contact: z
    .union([z.object({ email: z.email().max(254) }).strict(), z.object({ phone: z.string().regex(/^\+?[\d ()./-]{6,25}$/) }).strict()])
    .optional(),
});
export type VisitorSend = z.input<typeof VisitorSend>;

/** Handshake of `/visitor` (`auth`). `token` resumes; `identity` is a signed statement of the site who its user is (HMAC-SHA256 of the user id, hex). */
export const VisitorHandshake = z.object({
  inbox: Id,
  token: z.string().max(200).optional(),
  identity: z
    .object({
      userId: z.string().max(200),
      name: z.string().max(200).optional(),
      email: z.email().max(254).optional(),
      hash: z.string().max(128),
    })
    .optional(),
  language: z.string().max(20).optional(),
});
export type VisitorHandshake = z.infer<typeof VisitorHandshake>;

/** `chat:welcome`: who the visitor is to us, and how the line shows itself. */
export interface VisitorWelcome {
  /** Resumes this visitor; only its browser has it. */
  readonly token: string;
  readonly visitor: string;
  readonly brand: string;
  /** The last place of the visitor's thread; places ascend without gaps, whatever becomes of the conversations behind. */
  readonly lastSeq: number;
  /** How far the visitor has read. */
  readonly readSeq: number;
  /** Somebody is there to answer. */
  readonly online: boolean;
  readonly language: string;
  /** The line's name and colour (`#rrggbb`), and its first words. */
  readonly title: string;
  readonly colour: string;
  readonly greeting: string;
  /** The usual wait for a person's first answer, as it was lately; null where too few have waited to say. */
  readonly replyMinutes: number | null;
}

/** What the hub says to a widget. */
export interface VisitorServerEvents {
  'chat:welcome': (hello: VisitorWelcome) => void;
  'chat:message': (message: VisitorMessage) => void;
  'chat:typing': (who: { name: string; active: boolean }) => void;
  'chat:read': (what: { seq: number }) => void;
}
/** What a widget says. Every ack is either the answer or `{ error: code }`. */
export interface VisitorClientEvents {
  'chat:send': (message: VisitorSend, ack: (answer: { messageId: string; seq: number } | { error: string }) => void) => void;
  'chat:resume': (from: { lastSeq: number }, ack: (gap: { messages: readonly VisitorMessage[] } | { error: string }) => void) => void;
  'chat:typing': (what: { active: boolean }) => void;
  'chat:read': (what: { seq: number }) => void;
}
