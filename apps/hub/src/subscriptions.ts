import type { INestApplicationContext } from '@nestjs/common';
import { ConsumerRunner, Database, Leases, Sequencer, Wakeups, type Consumer, type LoggedEvent, type Transaction } from '@claimline/database';
import type { ClaimEvents } from '@claimline/claims';
import type { ConversationEvents } from '@claimline/conversations';
import type { DeliveryEvents } from '@claimline/delivery';
import type { FileEvents } from '@claimline/files';
import type { NotificationEvents } from '@claimline/notifications';
import type { PeopleEvents } from '@claimline/people';
import type { QualityEvents } from '@claimline/quality';
import type { RoutingEvents } from '@claimline/routing';
import { deliverySweeps, deliveryWorkers } from './delivery/delivery.module';
import { fileJobs } from './files/files.module';
import { ClassifyMessage } from './flows/classify-message';
import { FetchMedia } from './flows/fetch-media';
import { FollowClocks } from './flows/follow-clocks';
import { IdentifyClaim } from './flows/identify-claim';
import { IndexWords } from './flows/index-words';
import { PlanCallback } from './flows/plan-callback';
import { ReleaseCapacity } from './flows/release-capacity';
import { RouteConversation } from './flows/route-conversation';
import { SweepQueue } from './flows/sweep-queue';
import { WakeSnoozed } from './flows/wake-snoozed';
import type { Platform } from './platform/platform.module';
import { Workers, type Sweep, type Worker } from './workers';

/** Everything that can happen, in any room. */
type HubEvents = ClaimEvents & ConversationEvents & DeliveryEvents & FileEvents & NotificationEvents & PeopleEvents & QualityEvents & RoutingEvents;
export type HubEventType = keyof HubEvents;

type Step = (tx: Transaction, event: LoggedEvent) => Promise<void>;

/** One consumer of the log: its own position, its own lease; what follows from an event, in this order and one transaction. */
type FollowUps = Readonly<Partial<Record<HubEventType, readonly Step[]>>>;

/** Who follows up on what. A consumer's name is its lease and its position: never renamed. */
function followUps(app: INestApplicationContext): Readonly<Record<string, FollowUps>> {
  const words = app.get(IndexWords);
  const classify = app.get(ClassifyMessage);
  const identify = app.get(IdentifyClaim);
  const clocks = app.get(FollowClocks);
  const route = app.get(RouteConversation);
  const release = app.get(ReleaseCapacity);
  const callback = app.get(PlanCallback);
  return {
    words: {
      'message.received': [(tx, event) => words.onMessage(tx, event), (tx, event) => words.onNewSender(tx, event)],
      'message.sent': [(tx, event) => words.onMessage(tx, event)],
      'message.noted': [(tx, event) => words.onMessage(tx, event)],
      'message.changed': [(tx, event) => words.onMessage(tx, event)],
      'contact.changed': [(tx, event) => words.onContactChanged(tx, event)],
    },
    // What a message is about, what clock it starts and who gets it: in this order, because each needs what the one before found out.
    intake: {
      'message.received': [
        (tx, event) => identify.onMessageReceived(tx, event),
        (tx, event) => classify.onMessageReceived(tx, event),
        (tx, event) => clocks.onMessageReceived(tx, event),
        (tx, event) => route.onMessageReceived(tx, event),
      ],
      'message.sent': [(tx, event) => clocks.onMessageSent(tx, event), (tx, event) => release.onMessageSent(tx, event)],
      'message.noted': [(tx, event) => clocks.onMessageNoted(tx, event)],
      'conversation.labeled': [(tx, event) => clocks.onConversationLabeled(tx, event), (tx, event) => route.onConversationLabeled(tx, event)],
      'conversation.linked': [(tx, event) => clocks.onConversationLinked(tx, event), (tx, event) => route.onConversationLinked(tx, event)],
      'conversation.woken': [(tx, event) => route.onConversationWoken(tx, event)],
      'conversation.reopened': [(tx, event) => route.onConversationReopened(tx, event)],
      'conversation.resolved': [(tx, event) => clocks.onConversationResolved(tx, event), (tx, event) => release.onConversationResolved(tx, event)],
      'conversation.snoozed': [(tx, event) => release.onConversationSnoozed(tx, event)],
      'clock.warned': [(tx, event) => route.onClockWarned(tx, event)],
      'claim.changed': [(tx, event) => clocks.onClaimChanged(tx, event), (tx, event) => route.onClaimChanged(tx, event)],
      'call.changed': [(tx, event) => callback.onCallChanged(tx, event)],
    },
  };
}

function toConsumer(name: string, steps: FollowUps): Consumer {
  return {
    name,
    types: Object.keys(steps),
    async handle(tx, event) {
      for (const step of steps[event.type as HubEventType] ?? []) await step(tx, event);
    },
  };
}

/** Puts together everything that runs beside the requests in this process. */
export function assembleWorkers(app: INestApplicationContext, platform: Platform): Workers {
  const { clock, log } = platform;
  const deps = {
    database: app.get(Database),
    leases: app.get(Leases),
    wakeups: app.get(Wakeups),
    clock,
    onParked: (consumer: string, event: LoggedEvent, error: unknown) => log.error({ consumer, position: event.position, type: event.type, error: String(error) }, 'an event was set aside and will be tried again'),
  };
  const sweeps: Sweep[] = [...deliverySweeps, FollowClocks, SweepQueue, ReleaseCapacity, WakeSnoozed].map((sweep) => app.get<Sweep>(sweep as never));
  const workers: Worker[] = deliveryWorkers.map((worker) => app.get<Worker>(worker));
  return new Workers({
    database: deps.database,
    leases: deps.leases,
    log,
    sequencer: app.get(Sequencer),
    consumers: Object.entries(followUps(app)).map(([name, steps]) => new ConsumerRunner(deps, toConsumer(name, steps))),
    sweeps,
    workers,
    jobs: fileJobs(app.get(FetchMedia)),
    now: () => clock.now(),
  });
}
