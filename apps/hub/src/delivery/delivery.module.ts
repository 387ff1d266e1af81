import { Global, Module, type InjectionToken, type OnApplicationShutdown } from '@nestjs/common';
import { Contacts, Conversations, Journal, Threads } from '@claimline/conversations';
import { Database, Leases, Outbox, Seal, Wakeups } from '@claimline/database';
import {
  Circuits,
  ConsentCheck,
  Deliveries,
  DeliveryReports,
  DeliverySweeps,
  Gatekeeper,
  Inboxes,
  InboxStates,
  LineHealth,
  RecipientFacts,
  RecipientHours,
  SendingQueue,
} from '@claimline/delivery';
import { Audit } from '@claimline/people';
import { Tasks, TaskStore } from '@claimline/quality';
import { Outlets } from '../conversations/outlets';
import { HandOverDelivery } from '../flows/hand-over-delivery';
import { NoteInbound } from '../flows/note-inbound';
import { RecordDelivery } from '../flows/record-delivery';
import { RecordReports } from '../flows/record-reports';
import { RetryDelivery } from '../flows/retry-delivery';
import { SendingLine } from '../flows/send-reply';
import { SettleDeliveries } from '../flows/settle-deliveries';
import { CarrierOptOuts, SettleDelivery } from '../flows/settle-delivery';
import { SweepDeliveries } from '../flows/sweep-deliveries';
import { InboundDesk } from '../inbound/inbound-desk';
import { OpenInboxes } from '../inbound/open-inboxes';
import { bind, plain, Token } from '../platform/plain';
import { PublicUrl } from '../platform/public-url';
import { CLOCK, FETCH, LOG } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { OutboundContentView } from '../views/outbound-content.view';
import { RecipientFactsView } from '../views/recipient-facts.view';
import { AnotherWay } from './another-way';
import { AskUncertain } from './ask-uncertain';
import { Backfill } from './backfill';
import { bundle } from '../platform/bundle';
import { ChannelOpener, VisitorPush } from './channel-opener';
import { DeliveriesController } from './deliveries.controller';
import { DeliveryLine } from './delivery-line';
import { InboxRegistry } from './inbox-registry';
import { InboxSettings } from './inbox-settings';
import { InboxesController } from './inboxes.controller';
import { MessageContent, OutgoingFiles } from './message-content';
import { SendDelivery } from './send-delivery';
import { Sender } from './sender';
import { Streams } from './streams';

/** Chance, for the jitter of retries. */
const RANDOM = new Token<() => number>('random');

const world = bundle('delivery world', {
  fetch: FETCH,
  clock: CLOCK,
  log: LOG,
  seal: Seal,
  publicUrl: PublicUrl,
  leases: Leases,
  wakeups: Wakeups,
  random: RANDOM,
});
const inboxRooms = bundle('inbox rooms', { inboxes: Inboxes, states: InboxStates, leases: Leases });
const openLines = bundle('open lines', { registry: InboxRegistry, opener: ChannelOpener });
const records = bundle('inbox records', { brands: BrandView, audit: Audit, outbox: Outbox });
const threadRows = bundle('thread rows', { conversations: Conversations, threads: Threads, contacts: Contacts });
const read = bundle('outgoing content', { content: MessageContent, files: OutgoingFiles });
const asking = bundle('asking', { sweeps: DeliverySweeps, content: MessageContent });
const health = bundle('line health', { database: Database, lines: LineHealth, outbox: Outbox });

const rooms = [
  plain(Inboxes, Seal, Wakeups),
  plain(InboxStates),
  plain(Circuits),
  plain(LineHealth, Inboxes, Circuits),
  plain(Deliveries, Wakeups),
  plain(DeliveryReports),
  plain(DeliverySweeps),
  plain(SendingQueue, Database, Deliveries, Inboxes, Circuits, CLOCK),
  plain(RecipientFactsView, Database),
  bind(RecipientFacts, RecipientFactsView),
  plain(Gatekeeper, ConsentCheck, RecipientHours, RecipientFacts),
];

const lines = [
  plain(ChannelOpener, Database, inboxRooms, world, VisitorPush),
  plain(InboxRegistry, Database, Inboxes, ChannelOpener, Wakeups, LOG),
  bind(OpenInboxes, InboxRegistry),
  plain(InboxSettings, Database, Inboxes, openLines, records, CLOCK),
];

const flows = [
  plain(DeliveryLine, Deliveries),
  bind(SendingLine, DeliveryLine),
  plain(OutboundContentView, Database, Threads),
  bind(MessageContent, OutboundContentView),
  plain(SettleDelivery, Deliveries, DeliveryReports, threadRows, CarrierOptOuts, LineHealth, Outbox),
  plain(SettleDeliveries, Database, SettleDelivery, CLOCK),
  plain(RecordDelivery, Journal, DeliveryReports, Contacts, SettleDelivery),
  plain(RecordReports, Database, Journal, RecordDelivery),
  plain(RetryDelivery, Conversations, Deliveries, Outbox),
  plain(AnotherWay, Outlets, OpenInboxes, Deliveries),
  plain(NoteInbound, Inboxes),
  plain(HandOverDelivery, Conversations, Tasks, TaskStore),
];

const running = [
  plain(SendDelivery, InboxRegistry, read, Gatekeeper, SettleDeliveries, world),
  plain(Sender, SendingQueue, SendDelivery, Wakeups, LOG),
  plain(AskUncertain, Database, asking, InboxRegistry, SendDelivery, SettleDelivery, world),
  plain(Streams, InboxRegistry, InboundDesk, health, world),
  plain(Backfill, Database, InboxStates, InboxRegistry, InboundDesk, world),
  plain(SweepDeliveries, Database, DeliverySweeps, Deliveries, DeliveryReports, SettleDelivery),
];

const bundles = [world, inboxRooms, openLines, records, threadRows, read, asking, health].map(({ provider }) => provider);
const exported = [...rooms, ...lines, ...flows, ...running];
const providers = [{ provide: RANDOM as unknown as InjectionToken, useValue: Math.random }, ...bundles, ...exported];

/** What runs beside the requests: senders, those who ask about uncertain sends, streams of mailboxes, the catching up after an outage. */
export const deliveryWorkers = [Sender, AskUncertain, Streams, Backfill] as const;

/** What is looked after once a second. */
export const deliverySweeps = [SweepDeliveries] as const;

/** Inboxes with their open channels, the queue of the gate, senders and receipts. */
@Global()
@Module({ controllers: [InboxesController, DeliveriesController], providers, exports: exported.map((provider) => provider.provide) })
export class DeliveryModule implements OnApplicationShutdown {
  constructor(private readonly registry: InboxRegistry) {}

  /** Lines are closed last: by then no worker sends and no request is taken. */
  async onApplicationShutdown(): Promise<void> {
    await this.registry.close();
  }
}
