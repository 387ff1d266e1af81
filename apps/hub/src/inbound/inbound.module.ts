import { Global, Module, type FactoryProvider } from '@nestjs/common';
import { Calls, Contacts, Conversations, Journal, Receiver, Threads, Words } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { DeliveryReports } from '@claimline/delivery';
import { Attachments } from '@claimline/files';
import { AnswerCall, PhoneKnowledge } from '../flows/answer-call';
import { EnterCall } from '../flows/enter-call';
import { SettleDelivery } from '../flows/settle-delivery';
import { AnswerSurvey } from '../flows/answer-survey';
import { ClassifyMessage } from '../flows/classify-message';
import { IdentifyClaim } from '../flows/identify-claim';
import { IndexWords } from '../flows/index-words';
import { ConsentWriter, NoteConsentEvent } from '../flows/note-consent-event';
import { MessageFiles, ReceiveMessage } from '../flows/receive-message';
import { RecordDelivery } from '../flows/record-delivery';
import { RecordReports } from '../flows/record-reports';
import { bundle } from '../platform/bundle';
import { bind, plain } from '../platform/plain';
import { CLOCK, LOG } from '../platform/tokens';
import { ConsoleGateway } from '../realtime/console.gateway';
import { CustomerTyping } from '../realtime/customer-typing';
import { PhoneKnowledgeView } from '../views/phone-knowledge.view';
import { PartyClaims } from '../views/party-claims.view';
import { OfficeHours } from '../quality/office-hours';
import { DoorTraffic } from './door-traffic';
import { InboundDesk, Shelf, type EventHandlers } from './inbound-desk';
import { OpenInboxes } from './open-inboxes';

const places = bundle('call places', { contacts: Contacts, conversations: Conversations, threads: Threads });
const placed = bundle('placed calls', { reports: DeliveryReports, settle: SettleDelivery });
const callRows = bundle('call rows', { calls: Calls, contacts: Contacts, conversations: Conversations, threads: Threads });
const recordings = bundle('recordings', { incoming: MessageFiles, attachments: Attachments });
const flows = bundle('inbound flows', {
  receive: ReceiveMessage,
  deliveries: RecordDelivery,
  receipts: RecordReports,
  calls: AnswerCall,
  consent: NoteConsentEvent,
  surveys: AnswerSurvey,
  typing: CustomerTyping,
  shelf: Shelf,
  traffic: DoorTraffic,
});
const desk = bundle('desk ground', {
  database: Database,
  journal: Journal,
  receiver: Receiver,
  inboxes: OpenInboxes,
  outbox: Outbox,
  clock: CLOCK,
  log: LOG,
});

/** Which flow stores which kind of event. */
const eventHandlers = ({ receive, deliveries, calls, consent, surveys }: (typeof flows)['holds']): EventHandlers => ({
  message: async (tx, { inbox, event, rawId, receivedAt }) => {
    const arrival = { inbox, message: event, rawId, receivedAt };
    const { duplicate } = (await surveys.take(tx, arrival)) ?? (await receive.receive(tx, arrival));
    return { duplicate };
  },
  delivery: (tx, event) => deliveries.onDelivery(tx, event),
  read: (tx, event) => deliveries.onRead(tx, event),
  bounce: (tx, event) => deliveries.onBounce(tx, event),
  call: (tx, event) => calls.on(tx, event),
  'opt-out': (tx, event) => consent.on(tx, event),
  'opt-in': (tx, event) => consent.on(tx, event),
});

const inboundDesk: FactoryProvider<InboundDesk> = {
  provide: InboundDesk,
  useFactory: (d: (typeof desk)['holds'], f: (typeof flows)['holds']) =>
    new InboundDesk(d.database, d.journal, d.receiver, d.inboxes, d.outbox, d.clock, d.log, {
      events: eventHandlers(f),
      typing: (inbox, event) => f.typing.on(inbox, event),
      shelf: f.shelf,
      traffic: f.traffic,
      receipts: (receipt) => f.receipts.take(receipt),
      isAwaited: (inbox, message) => f.surveys.expects(inbox.kind, message),
    }),
  inject: [desk as never, flows as never],
};

const providers = [
  plain(DoorTraffic),
  plain(PhoneKnowledgeView, OfficeHours),
  bind(PhoneKnowledge, PhoneKnowledgeView),
  plain(EnterCall, Calls, places, placed, Outbox),
  plain(AnswerCall, Journal, EnterCall, callRows, recordings, PhoneKnowledge, Outbox),
  plain(IdentifyClaim, Conversations, Contacts, PartyClaims, Outbox),
  plain(ClassifyMessage, Conversations, Threads, Outbox),
  plain(IndexWords, Words, Contacts),
  plain(NoteConsentEvent, Journal, Contacts, ConsentWriter),
  plain(CustomerTyping, Database, Contacts, Conversations, ConsoleGateway),
  inboundDesk,
];

/** Where the outside world comes in: every door leads to the desk. */
@Global()
@Module({
  providers: [...[places, placed, callRows, recordings, flows, desk].map(({ provider }) => provider), ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class InboundModule {}
