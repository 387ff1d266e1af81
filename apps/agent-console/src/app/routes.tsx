import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { BroadcastsPage } from '../features/broadcasts';
import { CallsPage } from '../features/calls';
import { CatastrophesPage } from '../features/catastrophes';
import { ClaimPage, ClaimsPage } from '../features/claims';
import { ComplaintPage, ComplaintReportPage, ComplaintsPage } from '../features/complaints';
import { CounterPage } from '../features/counter';
import { CustomerPage, CustomersPage } from '../features/customers';
import { MailroomPage } from '../features/mailroom';
import { NeedsLookPage } from '../features/needs-look';
import { ScheduledPage } from '../features/scheduled';
import { ReportPage, ReportsPage } from '../features/reports';
import { SatisfactionPage } from '../features/satisfaction';
import { SearchPage } from '../features/search';
import { SettingsPage } from '../features/settings';
import { TasksPage } from '../features/tasks';
import { TeamPage, WallboardPage } from '../features/wallboard';
import { CrashPage } from './crash';
import { FirstPage } from './first-page';
import { HotlineFirstPage } from './hotline-first-page';
import { InboxPage } from './inbox-page';
import { MissingPage } from './missing-page';
import { Shell } from './shell';

const root = createRootRoute({ component: Shell, errorComponent: CrashPage, notFoundComponent: MissingPage });

const page = (path: string, component: () => React.ReactNode) => createRoute({ getParentRoute: () => root, path, component });

const bareInbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/todo' });
  },
});

/** Every page of the console. */
const pages = [
  page('/', FirstPage),
  bareInbox,
  page('/inbox/$view/{-$conversationId}', InboxPage),
  page('/search', SearchPage),
  page('/needs-look', NeedsLookPage),
  page('/claims', ClaimsPage),
  page('/claims/$number', ClaimPage),
  page('/customers', CustomersPage),
  page('/customers/$id', CustomerPage),
  page('/hotline', HotlineFirstPage),
  page('/reports', ReportsPage),
  page('/reports/$id', ReportPage),
  page('/calls', CallsPage),
  page('/tasks', TasksPage),
  page('/quality', WallboardPage),
  page('/satisfaction', SatisfactionPage),
  page('/complaints', ComplaintsPage),
  page('/complaints/report', ComplaintReportPage),
  page('/complaints/$id', ComplaintPage),
  page('/team', TeamPage),
  page('/scheduled', ScheduledPage),
  page('/catastrophes', CatastrophesPage),
  page('/broadcasts', BroadcastsPage),
  page('/settings', SettingsPage),
  page('/mailroom', MailroomPage),
  page('/counter', CounterPage),
  page('/settings/$', SettingsPage),
];

/** One router per start of the console. */
export const createConsoleRouter = () => createRouter({ routeTree: root.addChildren(pages), defaultErrorComponent: CrashPage });
