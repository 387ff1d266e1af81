import { Global, Module } from '@nestjs/common';
import { Conversations } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Absences, Accounts } from '@claimline/people';
import { Adjusters, Decisions, Presences, QueueWatch, Router, WorkItems } from '@claimline/routing';
import type { Config } from '../config';
import { AssignConversation } from '../flows/assign-conversation';
import { PlaceConversation } from '../flows/place-conversation';
import { ReleaseCapacity } from '../flows/release-capacity';
import { RouteConversation } from '../flows/route-conversation';
import { SweepQueue } from '../flows/sweep-queue';
import { bind, plain } from '../platform/plain';
import { CLOCK, CONFIG, LOG } from '../platform/tokens';
import { PresenceLink } from '../realtime/presence-link';
import { ColleaguesView } from '../views/colleagues.view';
import { RoutingFactsView } from '../views/routing-facts.view';
import { RoutingHistoryView } from '../views/routing-history.view';
import { PresenceController } from './presence.controller';
import { RoutingController } from './routing.controller';
import { SocketPresence } from './socket-presence';

const rooms = [
  plain(WorkItems),
  plain(Adjusters),
  plain(Decisions),
  plain(Router, WorkItems, Adjusters, Decisions, Outbox, Absences),
  plain(QueueWatch, WorkItems, Adjusters, Absences),
  plain(Presences, Adjusters, Outbox),
  plain(SocketPresence, Database, Presences, CLOCK),
  bind(PresenceLink, SocketPresence),
];

const views = [
  plain(RoutingFactsView),
  plain(RoutingHistoryView, Database, Decisions),
  {
    provide: ColleaguesView,
    useFactory: (database: Database, config: Config) => new ColleaguesView(database, config.demo),
    inject: [Database, CONFIG as never],
  },
];

const flows = [
  plain(PlaceConversation, Conversations, RoutingFactsView, Router, Outbox),
  plain(RouteConversation, PlaceConversation, RoutingFactsView, CLOCK),
  plain(AssignConversation, RoutingFactsView, Accounts, Router, PlaceConversation),
  plain(SweepQueue, Database, QueueWatch, Presences, PlaceConversation, Router, LOG),
  plain(ReleaseCapacity, Database, QueueWatch, PlaceConversation, Router, CLOCK, LOG),
];

const providers = [...rooms, ...views, ...flows];

/** Who gets what, and who is there. */
@Global()
@Module({ controllers: [RoutingController, PresenceController], providers, exports: providers.map((provider) => provider.provide) })
export class RoutingModule {}
