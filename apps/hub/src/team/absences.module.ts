import { Global, Module } from '@nestjs/common';
import { Conversations, ScheduledSends, ScheduledStore } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { AbsenceMoves, Absences, Accounts, Audit } from '@claimline/people';
import { Tasks } from '@claimline/quality';
import { Adjusters, Decisions, HandOver, Router, WorkItems } from '@claimline/routing';
import type { Config } from '../config';
import { FollowAbsences } from '../flows/follow-absences';
import { MoveWork } from '../flows/move-work';
import { PlaceConversation } from '../flows/place-conversation';
import { ReturnWork } from '../flows/return-work';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK, CONFIG, LOG } from '../platform/tokens';
import { LeftBehindView } from '../views/left-behind.view';
import { RoutingFactsView } from '../views/routing-facts.view';
import { TeamView } from '../views/team.view';
import { WorkOfView } from '../views/work-of.view';
import { AbsenceDesk } from './absence-desk';
import { AbsencesController } from './absences.controller';
import { TeamController } from './team.controller';

const moving = bundle('moving', {
  conversations: Conversations,
  scheduled: ScheduledSends,
  tasks: Tasks,
  facts: RoutingFactsView,
  place: PlaceConversation,
  router: Router,
  handOver: HandOver,
});
const leave = bundle('leave', { work: WorkOfView, team: TeamView, move: MoveWork, back: ReturnWork });

const providers = [
  plain(AbsenceMoves),
  plain(ScheduledStore),
  plain(ScheduledSends, ScheduledStore, Outbox),
  plain(HandOver, Router, WorkItems, Adjusters, Decisions, Outbox, Absences),
  plain(WorkOfView, Database),
  {
    provide: TeamView,
    useFactory: (database: Database, absences: Absences, config: Config) => new TeamView(database, absences, config.demo),
    inject: [Database, Absences, CONFIG as never],
  },
  plain(MoveWork, Database, Absences, AbsenceMoves, moving),
  plain(ReturnWork, Database, Absences, AbsenceMoves, moving),
  plain(LeftBehindView),
  plain(FollowAbsences, Database, Absences, LeftBehindView, MoveWork, ReturnWork, LOG),
  plain(AbsenceDesk, Database, Absences, Accounts, Audit, leave, CLOCK),
];

/** Who is away, what of theirs goes where, and the supervisor's first screen. */
@Global()
@Module({
  controllers: [AbsencesController, TeamController],
  providers: [moving.provider, leave.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class AbsencesModule {}
