import type { Address } from '@claimline/messages';

/** What a simulated phone, mailbox or app received. `GET {sandbox}/outbox?to=` lists these. */
export interface OutboxEntry {
  readonly id: string;
  /** The channel kind that brought it, e.g. `twilio-sms`. */
  readonly channel: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  readonly html?: string;
  readonly attachments?: readonly { readonly name: string; readonly contentType: string; readonly size: number }[];
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Raw headers or request fields, for tests that look closer. */
  readonly raw?: Readonly<Record<string, string>>;
}

/** What a simulated customer does. The simulator turns it into what the real vendor would send: signed, in the vendor's form. */
export type CustomerAction =
  | {
      readonly do: 'message';
      readonly from: Address;
      readonly text: string;
      readonly subject?: string;
      /** Others who get the same mail. */
      readonly cc?: readonly string[];
      readonly media?: readonly SimulatedFile[];
      readonly inReplyTo?: string;
      readonly id?: string;
      readonly at?: Date;
      /** The whole mail as it is on the wire, instead of everything above: for what no mail program would write. */
      readonly raw?: Uint8Array;
    }
  | {
      readonly do: 'voice-message';
      readonly from: Address;
      readonly media: SimulatedFile;
      readonly seconds: number;
      readonly transcript?: string;
    }
  | { readonly do: 'call'; readonly from: Address; readonly callId?: string }
  | { readonly do: 'press'; readonly callId: string; readonly digits: string }
  | { readonly do: 'speak'; readonly callId: string; readonly media: SimulatedFile; readonly seconds: number; readonly transcript?: string }
  | { readonly do: 'pick-up' | 'let-ring' | 'hang-up'; readonly callId: string }
  | { readonly do: 'read'; readonly from: Address; readonly externalId: string };

export interface SimulatedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/**
 * How the simulated vendor behaves towards one recipient or for the next calls; `times` counts down, absent means until changed.
 * `answer-429` too busy, with a Retry-After · `answer-500` broken, nothing taken · `hang` nothing taken and no answer · `close-mid-answer` and
 * `accept-then-die` taken, but the connection breaks in the middle of, or before, the answer · `refuse` no, for good · `undeliverable` taken,
 * later reported as undeliverable (or refused as such at once) · `media-404` files are gone · `no-receipts` delivers and says nothing.
 */
export interface Misbehaviour {
  readonly to?: string;
  readonly how:
    | 'answer-429'
    | 'answer-500'
    | 'hang'
    | 'close-mid-answer'
    | 'accept-then-die'
    | 'refuse'
    | 'opted-out'
    | 'undeliverable'
    | 'media-404'
    | 'no-receipts'
    | 'unauthorized'
    | 'window-closed';
  readonly times?: number;
}

/** One configured line as the simulator has to know it. */
export interface SimulatedLine {
  readonly inboxId: string;
  readonly kind: string;
  readonly address: string;
  /** Where the vendor calls: the hub's webhook address of this inbox. */
  readonly webhookUrl: string;
  /** Where the hub takes mail for this inbox (SMTP), for kinds with a mail door. */
  readonly mail?: { readonly host: string; readonly port: number };
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** A moment within one sending at which something is done to whoever sends. */
export interface Failpoint {
  /** `received`: the vendor has the message and loses it · `accepted`: it has taken it and said nothing yet · `half-answered` · `answered`: its last byte has left. */
  readonly at: 'received' | 'accepted' | 'half-answered' | 'answered';
  strike(): void;
}

/** What the sandbox (or a test) gives a simulator. */
export interface SimulatorHost {
  /** Base address under which this simulator's vendor API is reachable, without trailing slash. */
  readonly baseUrl: string;
  /** Every message a customer's device got is told here, once. */
  received(entry: OutboxEntry): void;
  now(): Date;
  /** What is to happen within a message that was not sent over HTTP, asked once for each: there the host sees to it itself. */
  failpoint?(): Failpoint | undefined;
}

/**
 * The vendor in a box: speaks the vendor's API over real HTTP (or SMTP, IMAP), signs as the vendor signs, and plays the customer's device.
 * Hosted by the sandbox for demo, stories and benches, and by the contract suite. It knows nothing of the hub.
 */
export interface Simulator {
  readonly kind: string;
  /** A call of the vendor's API; `path` is below `baseUrl`. Undefined where the path is not the vendor's. `die` closes the connection without an answer. */
  handle(request: {
    method: string;
    path: string;
    query: URLSearchParams;
    headers: Readonly<Record<string, string | undefined>>;
    body: Buffer;
  }): Promise<SimulatedAnswer | undefined>;
  connect(line: SimulatedLine): Promise<void>;
  act(line: SimulatedLine, action: CustomerAction): Promise<{ readonly id: string; readonly status: number; readonly body: string }>;
  misbehave(how: Misbehaviour | null): void;
  /** The calls that run or have just ended, newest first, for kinds that carry calls: what a simulated phone shows. */
  calls?(): readonly SimulatedCall[];
  /** Config fields and secrets for a fresh line of this vendor in the box: right addresses, random secrets, accepted by the kind's schemas. */
  newLine(
    address: string,
    /** How the line is used, where the vendor offers several ways, e.g. `imap` for a mailbox that is read. */
    manner?: string,
  ): { readonly config: Record<string, unknown>; readonly secrets: Record<string, string> };
  close(): Promise<void>;
}

/** A simulated phone call as the people in it see it. */
export interface SimulatedCall {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  /** The customer's number. */
  readonly customer: string;
  /** The line that was called, or that calls. */
  readonly line: string;
  readonly state: 'ringing' | 'in-progress' | 'ended';
  /** Everything the caller has heard so far, oldest first; language is BCP 47. */
  readonly heard: readonly { readonly text: string; readonly language: string }[];
  /** What the call waits for now: keys, a recording, somebody to pick up, or nothing. */
  readonly awaits:
    | { readonly for: 'digits'; readonly count?: number }
    | { readonly for: 'recording'; readonly maxSeconds: number }
    | { readonly for: 'pick-up'; readonly number: string }
    | null;
}

export type SimulatedAnswer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body: string | Buffer }
  | 'die'
  | 'die-mid-answer'
  | 'hang';
/** Makes the simulator; started when its servers (if any) listen. */
export type StartSimulator = (host: SimulatorHost) => Promise<Simulator>;
