import { Global, Module } from '@nestjs/common';
import { Contacts, Journal, Visitors, VisitorThreads } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { FileLinks } from '@claimline/files';
import { VisitorPush } from '../delivery/channel-opener';
import { ClaimAddress } from '../flows/claim-address';
import { IdentifyVisitor } from '../flows/identify-visitor';
import { RateLimits } from '../http/rate-limits';
import { InboundDesk } from '../inbound/inbound-desk';
import { OpenInboxes } from '../inbound/open-inboxes';
import { HandPush } from '../paper/hand-push';
import { OutgoingPost } from '../paper/outgoing-post';
import { bundle } from '../platform/bundle';
import { bind, plain } from '../platform/plain';
import { CLOCK, CONFIG, LOG } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { VisitorThreadView } from '../views/visitor-thread.view';
import { VisitorWelcomeView } from '../views/visitor-welcome.view';
import { ThreadPush } from './thread-push';
import { VisitorDesk } from './visitor-desk';
import { VisitorDoor } from './visitor-door';
import { VisitorFeed } from './visitor-feed';
import { VisitorFilesController } from './visitor-files.controller';
import { VisitorGateway } from './visitor.gateway';

const door = bundle('visitor door', {
  database: Database,
  inboxes: OpenInboxes,
  visitors: Visitors,
  identify: IdentifyVisitor,
  brands: BrandView,
  limits: RateLimits,
  clock: CLOCK,
  config: CONFIG,
});
const desk = bundle('visitor desk', {
  database: Database,
  desk: InboundDesk,
  journal: Journal,
  visitors: Visitors,
  threads: VisitorThreads,
  view: VisitorThreadView,
  claim: ClaimAddress,
  limits: RateLimits,
  clock: CLOCK,
});
const feed = bundle('visitor feed', { database: Database, threads: VisitorThreads, view: VisitorThreadView, clock: CLOCK, log: LOG });

const providers = [
  plain(VisitorThreads),
  plain(VisitorThreadView, Database, FileLinks),
  plain(VisitorWelcomeView, Database),
  plain(IdentifyVisitor, Visitors, Contacts, Outbox),
  plain(ClaimAddress, Contacts, Outbox),
  plain(ThreadPush, Database, VisitorThreads),
  plain(HandPush, ThreadPush, OutgoingPost),
  bind(VisitorPush, HandPush),
  plain(VisitorDoor, door),
  plain(VisitorDesk, desk),
  plain(VisitorFeed, feed),
];

/** The other end of the chat: widgets' sockets, visitors' files and threads. */
@Global()
@Module({
  controllers: [VisitorFilesController],
  providers: [door.provider, desk.provider, feed.provider, ...providers, VisitorGateway],
  exports: providers.map((provider) => provider.provide),
})
export class VisitorsModule {}
