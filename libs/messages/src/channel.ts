import type { Readable } from 'node:stream';
import type { CallStep } from './call';
import type { InboundEvent } from './inbound';
import type { Language } from './language';
import type { MediaRef, MediaStream } from './media';
import type { OutboundMessage, SendReceipt } from './outbound';
import type { WebhookRequest, WebhookResponse } from './webhook';

/** What the hub made of a delivery from a provider; a channel turns it into the answer the provider wants. */
export interface InboundOutcome {
  /** Seen before: the same answer is given again. */
  readonly duplicate: boolean;
  /** What a waiting call does next. */
  readonly steps?: readonly CallStep[];
}

/** What a channel read. `answer` makes the provider's reply (challenge, TwiML, ack frame); without it the reply is an empty 200. */
export interface Inbound {
  readonly events: readonly InboundEvent[];
  readonly answer?: (outcome: InboundOutcome) => WebhookResponse;
}

/** Whom SMTP said a mail is from and for. `from` is null for the null sender `<>`. */
export interface MailEnvelope {
  readonly from: string | null;
  readonly to: readonly string[];
  readonly remoteAddress?: string;
}

/**
 * Stores what a stream brought; resolves when it is on disk, so that the stream may move its cursor.
 * `raw` is what is journalled: the bytes as the vendor gave them.
 */
export type Deliver = (inbound: Inbound, raw: Buffer) => Promise<void>;

/** Somebody who opens a socket, before anybody believes them. */
export interface SocketHello {
  /** The page they are on, as their browser says it (RFC 6454); undefined: no browser. */
  readonly origin: string | undefined;
  /** The page is one of the hub's own. */
  readonly ownPage: boolean;
  /** A statement of the site who its user is, signed by the site. */
  readonly identity?: { readonly userId: string; readonly name?: string; readonly hash: string };
  /** BCP 47. */
  readonly language?: string;
}

/** Who was let in, and how the line shows itself to them. */
export interface SocketGuest {
  /** Whom the site vouches for; undefined: a stranger. */
  readonly user?: { readonly id: string; readonly name?: string };
  readonly face: { readonly title: string; readonly colour: string; readonly greeting: string; readonly language: Language };
}

/** The ways in which the outside world can reach an inbox. */
export type Door =
  | { readonly via: 'webhook'; receive(request: WebhookRequest): Promise<Inbound> }
  | { readonly via: 'mail'; receive(envelope: MailEnvelope, raw: Readable): Promise<Inbound> }
  | { readonly via: 'stream'; run(deliver: Deliver, signal: AbortSignal): Promise<void> }
  | {
      readonly via: 'socket';
      /** Rejects with `unauthentic` whoever may not come in: from a foreign page, or with a forged identity. */
      admit(hello: SocketHello): Promise<SocketGuest>;
      receive(frame: unknown, visitor: string): Promise<Inbound>;
    }
  | {
      readonly via: 'desk';
      /** Reads what one of our own people wrote down of what came by hand: a scanned letter, a visit, a letter that came back. Rejects with `malformed`. */
      receive(entry: unknown): Promise<Inbound>;
    };

/** An approved template as the provider keeps it. */
export interface ProviderTemplate {
  readonly name: string;
  readonly language: string;
  readonly body: string;
  readonly parameters: number;
}

/** The result of "Test connection": green, or the field that is wrong and what to do. */
export type ChannelCheck =
  { readonly ok: true; readonly detail: string } | { readonly ok: false; readonly field: string; readonly problem: string };

/** One open line to the outside world: a phone number, a mailbox, a website widget. Opened per inbox, never shared. */
export interface Channel {
  readonly doors: readonly Door[];
  /** Rejects with a `ChannelError`, and with nothing else. */
  send(message: OutboundMessage): Promise<SendReceipt>;
  /** Answers for an uncertain send: did the provider take it after all? */
  find?(message: OutboundMessage): Promise<SendReceipt | 'absent'>;
  /** Fetches a customer's file, from the vendor's hosts only. */
  fetchMedia?(ref: MediaRef): Promise<MediaStream>;
  /** What the provider has for us since then: what we missed while down. Same keys as the webhooks had. */
  backfill?(since: Date): AsyncIterable<InboundEvent>;
  templates?(): Promise<readonly ProviderTemplate[]>;
  check(): Promise<ChannelCheck>;
  close(): Promise<void>;
}

/** A frame for one visitor's sockets, wherever they are connected. */
export type Push = (visitor: string, event: string, payload: unknown) => Promise<void>;

/** Small durable facts of one inbox (cursor, access token), changed by compare-and-set so that two replicas never both win. */
export interface ChannelState {
  get(key: string): Promise<{ readonly value: unknown; readonly version: number } | undefined>;
  /** Writes where the stored version is still `version` (0: none yet); false when somebody else was faster. */
  set(key: string, value: unknown, version: number): Promise<boolean>;
  /** Runs `work` while holding this inbox's lease of that name; undefined when another replica holds it. */
  exclusively<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
}

/** Where words about what happens go. Facts are ids, codes and counts, never content. */
export interface Log {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
}

/** All that a channel may use of the world. Nothing is global. */
export interface ChannelDeps {
  readonly inbox: {
    readonly id: string;
    /** The line itself: number, mailbox, app id, widget id. */
    readonly address: string;
    readonly name: string;
    /** ISO 3166-1 alpha-2: how national phone numbers are read. */
    readonly region: string;
    /** The public address below which providers call this inbox, without a trailing slash. */
    readonly webhookUrl: string;
  };
  /** Guarded client: time-outs, size limits, no inward addresses. */
  readonly fetch: typeof fetch;
  readonly clock: { now(): Date };
  readonly log: Log;
  readonly state: ChannelState;
  readonly push: Push;
  /** Signs text with the hub's secret for reply addresses and tokens: lower-case base32, 16 characters (80 bits). */
  readonly sign: (text: string) => string;
}
