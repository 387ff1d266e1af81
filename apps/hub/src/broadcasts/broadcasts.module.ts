import { Module } from '@nestjs/common';
import { Conversations, Threads } from '@claimline/conversations';
import { Database, Outbox, Wakeups } from '@claimline/database';
import { Deliveries, StoppedDeliveries } from '@claimline/delivery';
import { Broadcasts, KnowledgeRepository, Templates } from '@claimline/notifications';
import { RunBroadcasts } from '../flows/run-broadcasts';
import { SendBroadcast } from '../flows/send-broadcast';
import { SteerBroadcast } from '../flows/steer-broadcast';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK, LOG } from '../platform/tokens';
import { BroadcastAudienceView } from '../views/broadcast-audience.view';
import { BroadcastView } from '../views/broadcast.view';
import { NoticeSituationView } from '../views/notice-situation.view';
import { PartyClaims } from '../views/party-claims.view';
import { BroadcastsController } from './broadcasts.controller';
import { PreviewBroadcast } from './preview-broadcast';
import { WordBroadcast } from './word-broadcast';

const world = bundle('broadcast world', { wakeups: Wakeups, clock: CLOCK, log: LOG });

const providers = [
  plain(Broadcasts, Wakeups),
  plain(StoppedDeliveries),
  plain(BroadcastAudienceView),
  plain(BroadcastView, Database),
  plain(WordBroadcast, NoticeSituationView, BroadcastAudienceView, Templates, KnowledgeRepository),
  plain(PreviewBroadcast, Database, BroadcastAudienceView, WordBroadcast, CLOCK),
  plain(SendBroadcast, Conversations, Threads, Deliveries, PartyClaims, Outbox),
  plain(SteerBroadcast, Broadcasts, StoppedDeliveries, Conversations, Outbox),
  plain(RunBroadcasts, Database, Broadcasts, WordBroadcast, SendBroadcast, Outbox, world),
];

/** The same words to many. */
@Module({
  controllers: [BroadcastsController],
  providers: [world.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class BroadcastsModule {}
