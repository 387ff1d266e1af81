import type { DemoFile } from './pictures';
import type { DemoCustomer } from './cast';
import type { PlannedClaim } from './claims-plan';
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

const SCHEMES = { 'twilio-sms': 'tel', 'twilio-voice': 'tel', email: 'email', wechat: 'wechat' } as const;

/** Whether the customer spoke, or called and got nobody. */
export const isInbound = ({ turn, call }: PlannedMessage): boolean =>
  turn.who === 'in' || (turn.who === 'call' && call?.outcome !== 'answered');
/** Which way an entry of a thread went. */
export const directionOf = (message: PlannedMessage): string =>
  message.turn.who === 'note' ? 'internal' : message.turn.who === 'in' || message.call?.inbound ? 'inbound' : 'outbound';
/** Where somebody is reached by a channel. */
export const addressOf = ({ contacts }: ThreadsGround, customer: DemoCustomer, channel: DemoChannel): SeededAddress | undefined =>
  contacts.address(customer, SCHEMES[channel]);
