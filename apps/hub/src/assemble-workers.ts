import type { INestApplicationContext } from '@nestjs/common';
import { ConsumerRunner, Database, Leases, Sequencer, Wakeups, type LoggedEvent } from '@claimline/database';
import { deliverySweeps, deliveryWorkers } from './delivery/delivery.module';
import { fileJobs } from './files/files.module';
import { ForgetFiles } from './files/forget-files';
import { AskDocuments } from './flows/ask-documents';
import { AskWhoWrites } from './flows/ask-who-writes';
import { FetchMedia } from './flows/fetch-media';
import { FollowAbsences } from './flows/follow-absences';
import { FollowClocks } from './flows/follow-clocks';
import { InviteCustomer } from './flows/invite-customer';
import { InviteToSurvey } from './flows/invite-to-survey';
import { PlanNotices } from './flows/plan-notices';
import { ReleaseCapacity } from './flows/release-capacity';
import { RunBroadcasts } from './flows/run-broadcasts';
import { RunBulk } from './flows/run-bulk';
import { RemindReport } from './flows/remind-report';
import { SendScheduled } from './flows/send-scheduled';
import { TagCatastrophes } from './flows/tag-catastrophes';
import { SweepQueue } from './flows/sweep-queue';
import { claimCoreJobs, TellClaimCore } from './flows/tell-claim-core';
import { WakeSnoozed } from './flows/wake-snoozed';
import { WatchPromises } from './flows/watch-promises';
import { WatchSilence } from './flows/watch-silence';
import { DoorTraffic } from './inbound/door-traffic';
import { TidyUp } from './operations/tidy-up';
import type { Platform } from './platform/platform.module';
import { consumers } from './subscriptions';
import { Workers, type Sweep, type Worker } from './workers';

/** What is looked after once a second, by domain time. */
export const SWEEPS = [
  ...deliverySweeps,
  FollowClocks,
  InviteCustomer,
  FollowAbsences,
  SweepQueue,
  ReleaseCapacity,
  WakeSnoozed,
  AskWhoWrites,
  WatchPromises,
  WatchSilence,
  InviteToSurvey,
  PlanNotices,
  AskDocuments,
  TagCatastrophes,
  RemindReport,
  SendScheduled,
] as const;

/** Puts together everything that runs beside the requests in this process. */
export function assembleWorkers(app: INestApplicationContext, { clock, log }: Platform): Workers {
  const database = app.get(Database);
  const leases = app.get(Leases);
  const onParked = (consumer: string, event: LoggedEvent, error: unknown): void =>
    log.error(
      { consumer, position: event.position, type: event.type, error: String(error) },
      'an event was set aside and will be tried again',
    );
  const traffic = app.get(DoorTraffic);
  const giveWay = (worked: number): Promise<void> => traffic.giveWay(worked);
  const deps = { database, leases, wakeups: app.get(Wakeups), clock, onParked, giveWay };
  return new Workers({
    database,
    leases,
    log,
    sequencer: app.get(Sequencer),
    consumers: consumers(app).map((consumer) => new ConsumerRunner(deps, consumer)),
    sweeps: SWEEPS.map((sweep) => app.get<Sweep>(sweep as never)),
    workers: [...deliveryWorkers, RunBulk, RunBroadcasts, TidyUp].map((worker) => app.get<Worker>(worker)),
    jobs: { ...fileJobs(app.get(FetchMedia), app.get(ForgetFiles)), ...claimCoreJobs(app.get(TellClaimCore)) },
    now: () => clock.now(),
  });
}
