import { Global, Module } from '@nestjs/common';
import { Calls, Conversations } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Accounts } from '@claimline/people';
import { Calendars, Callbacks, Clocks, ClockStore, Tasks, TaskStore } from '@claimline/quality';
import { FinishCallback } from '../flows/finish-callback';
import { FollowClocks } from '../flows/follow-clocks';
import { ManageTask } from '../flows/manage-task';
import { PlanCallback } from '../flows/plan-callback';
import { plain } from '../platform/plain';
import { BrandView } from '../views/brand.view';
import { LOG } from '../platform/tokens';
import { ClockFactsView } from '../views/clock-facts.view';
import { RoutingFactsView } from '../views/routing-facts.view';
import { TasksView } from '../views/tasks.view';
import { CalendarsController } from './calendars.controller';
import { ClocksController } from './clocks.controller';
import { OfficeHours } from './office-hours';
import { TasksController } from './tasks.controller';

const rooms = [
  plain(Calendars),
  plain(ClockStore),
  plain(TaskStore),
  plain(Clocks, ClockStore, Calendars, Outbox),
  plain(Tasks, TaskStore, Outbox),
  plain(Callbacks, Calendars, Tasks),
  plain(OfficeHours, Calendars, BrandView),
];

const views = [plain(ClockFactsView), plain(TasksView, Database)];

const flows = [
  plain(FollowClocks, Database, Conversations, ClockFactsView, Clocks, LOG),
  plain(ManageTask, Conversations, Accounts, TasksView, Tasks, FollowClocks, FinishCallback),
  plain(PlanCallback, Calls, Conversations, ClockFactsView, RoutingFactsView, Callbacks, FollowClocks),
];

const providers = [...rooms, ...views, ...flows];

/** Calendars, clocks and tasks. */
@Global()
@Module({
  controllers: [TasksController, CalendarsController, ClocksController],
  providers,
  exports: providers.map((provider) => provider.provide),
})
export class QualityModule {}
