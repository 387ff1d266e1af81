import type { INestApplicationContext } from '@nestjs/common';
import type { ClaimEvents } from '@claimline/claims';
import { Conversations, type ConversationEvents } from '@claimline/conversations';
import type { Consumer, LoggedEvent, Transaction } from '@claimline/database';
import type { DeliveryEvents } from '@claimline/delivery';
import type { FileEvents } from '@claimline/files';
import type { NotificationEvents } from '@claimline/notifications';
import type { PeopleEvents } from '@claimline/people';
import type { QualityEvents } from '@claimline/quality';
import type { RoutingEvents } from '@claimline/routing';
import { abreast } from './abreast';
import { AcknowledgeSurge } from './flows/acknowledge-surge';
import { AnswerSurvey } from './flows/answer-survey';
import { AskWhoWrites } from './flows/ask-who-writes';
import { ClassifyMessage } from './flows/classify-message';
import { FollowClocks } from './flows/follow-clocks';
import { FollowComplaint } from './flows/follow-complaint';
import { FollowNotice } from './flows/follow-notice';
import { HandOverDelivery } from './flows/hand-over-delivery';
import { IdentifyClaim } from './flows/identify-claim';
import { IndexWords } from './flows/index-words';
import { InviteToSurvey } from './flows/invite-to-survey';
import { MatchDocuments } from './flows/match-documents';
import { NoteDocumentReceipt } from './flows/note-document-receipt';
import { NoteInbound } from './flows/note-inbound';
import { PlanCallback } from './flows/plan-callback';
import { OfferPayee } from './flows/offer-payee';
import { RecogniseLoss } from './flows/recognise-loss';
import { RecordConsent } from './flows/record-consent';
import { RecogniseComplaint } from './flows/recognise-complaint';
import { ReleaseCapacity } from './flows/release-capacity';
import { RepresentParty } from './flows/represent-party';
import { ReturnWork } from './flows/return-work';
import { RouteConversation } from './flows/route-conversation';
import { TellAway } from './flows/tell-away';
import { TellClaimCore } from './flows/tell-claim-core';
import { SuggestCounsel } from './flows/suggest-counsel';
import { PlanAftercare } from './flows/plan-aftercare';
import { TellTranscript } from './flows/tell-transcript';
import { WatchSilence } from './flows/watch-silence';
import { WallConversations } from './flows/wall-conversations';

/** Everything that can happen, in any room. */
type HubEvents = ClaimEvents &
  ConversationEvents &
  DeliveryEvents &
  FileEvents &
  NotificationEvents &
  PeopleEvents &
  QualityEvents &
  RoutingEvents;
export type HubEventType = keyof HubEvents;

/**
 * Who reads the log. A name is a lease and a position of its own: never renamed. Within one consumer events are handled in order,
 * different consumers do not wait for each other: search words for nobody, a notice not for a route.
 */
type Reader = 'words' | 'intake' | 'notices';

type Step = (tx: Transaction, event: LoggedEvent) => Promise<unknown>;
/** A step that takes all events of its type in a batch at once: the order among conversations means nothing to it. */
type Together = (tx: Transaction, events: readonly LoggedEvent[]) => Promise<void>;
/** A step that takes events of its type that come one after another: in their order, but asking once for all of them. */
interface InARow {
  readonly inARow: Together;
}
type FollowUps = Readonly<Partial<Record<Exclude<Reader, 'words'>, readonly (Step | InARow)[]>>> & { readonly words?: readonly Together[] };

type App = Pick<INestApplicationContext, 'get'>;
type Table = Partial<Record<HubEventType, FollowUps>>;

/** Nothing follows: people see it, and that is all. */
const SEEN_ONLY = {} satisfies FollowUps;

const indexed = (app: App): readonly Together[] => [(tx, events) => app.get(IndexWords).onMessages(tx, events)];

/** What follows when a call has come, gone on or ended. */
function afterCall(app: App) {
  return {
    words: indexed(app),
    intake: [
      (tx, event) => app.get(IdentifyClaim).onCallChanged(tx, event),
      (tx, event) => app.get(ClassifyMessage).onCallChanged(tx, event),
      (tx, event) => app.get(RecogniseComplaint).onCallChanged(tx, event),
      (tx, event) => app.get(FollowClocks).onCallChanged(tx, event),
      (tx, event) => app.get(ReleaseCapacity).onCallChanged(tx, event),
      (tx, event) => app.get(PlanCallback).onCallChanged(tx, event),
      (tx, event) => app.get(WatchSilence).onCallChanged(tx, event),
    ],
  } satisfies FollowUps;
}

/** What follows when somebody has written to us. */
function afterReceived(app: App) {
  return {
    words: [
      (tx, events) => app.get(IndexWords).onMessagesReceived(tx, events),
      (tx, events) => app.get(NoteInbound).onMessagesReceived(tx, events),
    ],
    // Each needs what the one before found out: may we write, which claim, what about, by when, and then who.
    intake: [
      (tx, event) => app.get(RecordConsent).onMessageReceived(tx, event),
      (tx, event) => app.get(AnswerSurvey).onMessageReceived(tx, event),
      (tx, event) => app.get(RecogniseComplaint).onSender(tx, event),
      // Before the claim is looked for: of an address with several holders it is first asked whose.
      (tx, event) => app.get(AskWhoWrites).onMessageReceived(tx, event),
      (tx, event) => app.get(IdentifyClaim).onMessageReceived(tx, event),
      (tx, event) => app.get(ClassifyMessage).onMessageReceived(tx, event),
      (tx, event) => app.get(RecogniseComplaint).onMessageReceived(tx, event),
      (tx, event) => app.get(RecogniseLoss).onMessageReceived(tx, event),
      (tx, event) => app.get(SuggestCounsel).onMessageReceived(tx, event),
      (tx, event) => app.get(FollowClocks).onMessageReceived(tx, event),
      async (tx, event) => {
        const facts = await app.get(RouteConversation).onMessageReceived(tx, event);
        // One automatic word is enough: whoever is told how long it takes is not told besides that the office is closed.
        if (!(await app.get(AcknowledgeSurge).onMessageReceived(tx, event))) await app.get(TellAway).onMessageReceived(tx, event, facts);
      },
      (tx, event) => app.get(MatchDocuments).onMessageReceived(tx, event),
    ],
  } satisfies FollowUps;
}

function afterMessages(app: App) {
  const words = indexed(app);
  const clocks = app.get(FollowClocks);
  const release = app.get(ReleaseCapacity);
  return {
    'message.received': afterReceived(app),
    'message.sent': {
      words,
      intake: [
        (tx, event) => clocks.onMessageSent(tx, event),
        (tx, event) => release.onMessageSent(tx, event),
        (tx, event) => app.get(WatchSilence).onMessageSent(tx, event),
      ],
    },
    'message.noted': { words, intake: [(tx, event) => clocks.onMessageNoted(tx, event)] },
    'message.changed': { words },
    // Whoever it was filed with now waits, and somebody has to have it.
    'message.moved': {
      words,
      intake: [
        (tx, event) => clocks.onConversationLinked(tx, event),
        (tx, event) => app.get(RouteConversation).onMessageReceived(tx, event),
      ],
    },
    'call.changed': afterCall(app),
    'contact.changed': { words: [(tx, events) => app.get(IndexWords).onContacts(tx, events)] },
    'contact.read': SEEN_ONLY,
    'attachment.changed': { intake: [(tx, event) => app.get(MatchDocuments).onAttachmentChanged(tx, event)] },
    'delivery.changed': {
      notices: [{ inARow: (tx, events) => app.get(FollowNotice).onDeliveriesChanged(tx, events) }],
      intake: [
        (tx, event) => app.get(HandOverDelivery).onDeliveryChanged(tx, event),
        (tx, event) => app.get(FollowComplaint).onDeliveryChanged(tx, event),
      ],
    },
    'inbox.stopped': { intake: [(tx, event) => app.get(HandOverDelivery).onInboxStopped(tx, event)] },
    'inbox.recovered': { intake: [(tx, event) => app.get(HandOverDelivery).onInboxRecovered(tx, event)] },
  } satisfies Table;
}

function afterConversations(app: App) {
  const clocks = app.get(FollowClocks);
  const route = app.get(RouteConversation);
  const release = app.get(ReleaseCapacity);
  return {
    'complaint.changed': { intake: [(tx, event) => app.get(FollowComplaint).onComplaintChanged(tx, event)] },
    'complaint.closed': { intake: [(tx, event) => app.get(FollowComplaint).onComplaintClosed(tx, event)] },
    'conversation.opened': {
      words: [
        (tx, events) => app.get(WallConversations).onConversationsBound(tx, events),
        (tx, events) => app.get(IndexWords).onContacts(tx, events),
      ],
    },
    'conversation.assigned': SEEN_ONLY,
    'scheduled.changed': SEEN_ONLY,
    'conversation.walled': { intake: [(tx, event) => route.onConversationWalled(tx, event)] },
    'conversation.quieted': SEEN_ONLY,
    'conversation.labeled': {
      intake: [(tx, event) => clocks.onConversationLabeled(tx, event), (tx, event) => route.onConversationLabeled(tx, event)],
    },
    'conversation.linked': {
      words: [(tx, events) => app.get(WallConversations).onConversationsBound(tx, events)],
      intake: [
        (tx, event) => app.get(RecogniseLoss).onConversationLinked(tx, event),
        (tx, event) => clocks.onConversationLinked(tx, event),
        (tx, event) => route.onConversationLinked(tx, event),
        (tx, event) => app.get(MatchDocuments).onConversationLinked(tx, event),
      ],
    },
    'conversation.woken': { intake: [(tx, event) => route.onConversationWoken(tx, event)] },
    'conversation.reopened': { intake: [(tx, event) => route.onConversationReopened(tx, event)] },
    'conversation.resolved': {
      intake: [
        (tx, event) => clocks.onConversationResolved(tx, event),
        (tx, event) => release.onConversationResolved(tx, event),
        (tx, event) => app.get(ReturnWork).onConversationResolved(tx, event),
        (tx, event) => app.get(TellTranscript).onConversationResolved(tx, event),
      ],
    },
    'conversation.snoozed': { intake: [(tx, event) => release.onConversationSnoozed(tx, event)] },
  } satisfies Table;
}

function afterClaims(app: App) {
  const clocks = app.get(FollowClocks);
  const route = app.get(RouteConversation);
  const plan = app.get(OfferPayee);
  const wall = app.get(WallConversations);
  return {
    'claim.changed': {
      // The wall first: nobody is given what they may no longer see.
      intake: [
        (tx, event) => wall.onClaimChanged(tx, event),
        (tx, event) => app.get(RepresentParty).onClaimChanged(tx, event),
        (tx, event) => app.get(PlanAftercare).onClaimChanged(tx, event),
        (tx, event) => app.get(InviteToSurvey).onClaimChanged(tx, event),
        (tx, event) => clocks.onClaimChanged(tx, event),
        (tx, event) => route.onClaimChanged(tx, event),
      ],
      notices: [(tx, event) => plan.onClaimChanged(tx, event)],
    },
    'claim.represented': SEEN_ONLY,
    'claim.event-refused': SEEN_ONLY,
    'notice.settled': { notices: [(tx, event) => app.get(NoteDocumentReceipt).onNoticeSettled(tx, event)] },
    'report.changed': SEEN_ONLY,
    'claim-core.published': { notices: [(tx, event) => app.get(TellClaimCore).onPublished(tx, event)] },
    'clock.warned': { intake: [(tx, event) => route.onClockWarned(tx, event)] },
  } satisfies Table;
}

// What consoles show and metrics count, and nobody has to follow up on.
const SEEN = {
  'notice.planned': SEEN_ONLY,
  'consent.changed': SEEN_ONLY,
  'clock.started': SEEN_ONLY,
  'clock.breached': SEEN_ONLY,
  'clock.met': SEEN_ONLY,
  'clock.paused': SEEN_ONLY,
  'clock.resumed': SEEN_ONLY,
  'clock.extended': SEEN_ONLY,
  'clock.canceled': SEEN_ONLY,
  'document.changed': SEEN_ONLY,
  'document.requested': SEEN_ONLY,
  'payee.chosen': SEEN_ONLY,
  'task.created': SEEN_ONLY,
  'task.owned': SEEN_ONLY,
  'task.closed': SEEN_ONLY,
  'promise.made': SEEN_ONLY,
  'promise.kept': SEEN_ONLY,
  'promise.canceled': SEEN_ONLY,
  'promise.breached': SEEN_ONLY,
  'survey.changed': SEEN_ONLY,
  'complaint.opened': SEEN_ONLY,
  'work.queued': SEEN_ONLY,
  'work.reserved': SEEN_ONLY,
  'work.released': SEEN_ONLY,
  'presence.changed': SEEN_ONLY,
  'absence.changed': SEEN_ONLY,
  'inbox.unreachable': SEEN_ONLY,
  'scan.changed': SEEN_ONLY,
  'letter.changed': SEEN_ONLY,
  'appointment.changed': SEEN_ONLY,
  'broadcast.changed': SEEN_ONLY,
  'bulk.changed': SEEN_ONLY,
  'catastrophe.changed': SEEN_ONLY,
  'surge.changed': SEEN_ONLY,
  'needs-look.opened': SEEN_ONLY,
  'needs-look.closed': SEEN_ONLY,
} satisfies Table;

/** What follows from what. Whoever adds an event to a room's union decides here what comes of it: without a line this does not compile. */
export function followUps(app: App): Readonly<Record<HubEventType, FollowUps>> {
  return { ...afterMessages(app), ...afterConversations(app), ...afterClaims(app), ...SEEN };
}

/** The consumers of the log, each with the events it reads. */
export function consumers(app: App): Consumer[] {
  const table = followUps(app);
  const types = (name: Reader): HubEventType[] => (Object.keys(table) as HubEventType[]).filter((type) => table[type][name] !== undefined);
  const inOrder = (name: Exclude<Reader, 'words'>): Consumer => {
    const steps = (type: string) => table[type as HubEventType]?.[name] ?? [];
    return {
      name,
      types: types(name),
      together: types(name).filter((type) => steps(type).every(isInARow)),
      abreast: abreast(name, app.get(Conversations)),
      async handle(tx, event) {
        for (const step of steps(event.type)) await (isInARow(step) ? step.inARow(tx, [event]) : step(tx, event));
      },
      async handleTogether(tx, events) {
        for (const step of steps(events[0]!.type).filter(isInARow)) await step.inARow(tx, events);
      },
    };
  };
  const together = async (tx: Transaction, events: readonly LoggedEvent[]): Promise<void> => {
    for (const type of types('words')) {
      const alike = events.filter((event) => event.type === type);
      if (alike.length > 0) for (const step of table[type].words ?? []) await step(tx, alike);
    }
  };
  const words: Consumer = { name: 'words', types: types('words'), handle: (tx, event) => together(tx, [event]), handleTogether: together };
  return [words, inOrder('intake'), inOrder('notices')];
}

const isInARow = (step: Step | InARow): step is InARow => 'inARow' in step;
