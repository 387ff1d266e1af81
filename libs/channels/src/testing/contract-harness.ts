import type {
  Address,
  CallStep,
  DeliveryState,
  Fate,
  InboundEvent,
  OutboundMessage,
  ReasonCode,
  WebhookRequest,
} from '@claimline/messages';
import type { CustomerAction, Misbehaviour, SimulatedLine, Simulator, StartSimulator } from '../simulator';

/** The rules of the contract. A kind that cannot keep one says why in `skip`. */
export const CONTRACT_RULES = [
  'named',
  'refuses-empty-config',
  'keeps-secrets',
  'sends',
  'fates',
  'unreachable',
  'finds',
  'receipts',
  'limits',
  'reads',
  'refuses-unsigned',
  'refuses-tampered',
  'refuses-stale',
  'malformed',
  'redelivery',
  'backfill',
  'media',
  'vendor-hosts-only',
  'stream-stops',
  'stream-redelivers',
  'checks',
  'leaves-nothing',
] as const;
export type ContractRule = (typeof CONTRACT_RULES)[number];

/** A way to misbehave that concerns sending. */
export type SendTrouble = Exclude<Misbehaviour['how'], 'media-404' | 'no-receipts'>;

/** What must come of a {@link SendTrouble}: a fate at once, a state that is reported later, or the reason why this vendor cannot behave so. */
export type Trouble =
  | {
      readonly fate: Fate;
      readonly reason?: ReasonCode;
      readonly vendorCode?: string;
      readonly field?: string;
      readonly addressUnusable?: boolean;
    }
  | { readonly later: DeliveryState; readonly reason?: ReasonCode; readonly vendorCode?: string }
  | { readonly cannot: string };

/** What the contract has to know about one kind beyond its {@link ChannelKind}. */
export interface ContractHarness {
  readonly start: StartSimulator;
  /** The line's own address, given to the simulator's `newLine`. */
  readonly line: string;
  readonly customer: Address;
  /** Something a customer does that arrives as an event; the first one is used wherever one will do. Media belong into another one. */
  readonly actions: readonly [CustomerAction, ...CustomerAction[]];
  /** An action whose event carries a file to be fetched with `fetchMedia`. */
  readonly mediaAction?: CustomerAction | readonly CustomerAction[];
  /** What an outgoing message of this kind needs beyond text and recipient. */
  readonly outbound?: Partial<OutboundMessage>;
  /** Further configuration on top of what `newLine` makes. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Differences from {@link USUAL_TROUBLES}. */
  readonly troubles?: Partial<Record<SendTrouble, Trouble>>;
  /** How a forger writes; kinds with a webhook door. `tampered` defaults to changing the body. */
  readonly forge?: {
    unsigned(request: WebhookRequest): WebhookRequest;
    tampered?(request: WebhookRequest): WebhookRequest;
    stale?(request: WebhookRequest, line: SimulatedLine): WebhookRequest;
    /** Truly signed by the vendor's secret, but not understandable. */
    nonsense(request: WebhookRequest, line: SimulatedLine): WebhookRequest;
  };
  /** Settings with one wrong secret or field, and the field that "Test connection" must name. */
  readonly wrong: {
    readonly field: string;
    readonly config?: Readonly<Record<string, unknown>>;
    readonly secrets?: Readonly<Record<string, string>>;
  };
  /** What the customer has to do before a sent message is on the device, e.g. pick up the phone. */
  settle?(simulator: Simulator, line: SimulatedLine): Promise<void>;
  /** What the hub answers to an event that waits for steps (calls). */
  steps?(event: InboundEvent): readonly CallStep[];
  /** Milliseconds after which a vendor that hangs is given up, where a rule plays that. */
  readonly patience?: number;
  readonly skip?: readonly { readonly reason: string; readonly rules: readonly ContractRule[] }[];
}

/** What comes of each trouble with a vendor that says what it means. */
export const USUAL_TROUBLES: Readonly<Record<SendTrouble, Trouble>> = {
  'answer-429': { fate: 'unavailable' },
  'answer-500': { fate: 'unavailable' },
  hang: { fate: 'uncertain' },
  'close-mid-answer': { fate: 'uncertain' },
  'accept-then-die': { fate: 'uncertain' },
  refuse: { fate: 'rejected' },
  'opted-out': { fate: 'suppressed' },
  undeliverable: { later: 'undeliverable' },
  unauthorized: { fate: 'misconfigured' },
  'window-closed': { fate: 'window-closed' },
};
