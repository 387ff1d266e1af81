import { Global, Module } from '@nestjs/common';
import { ClaimCoreLine } from '@claimline/claims';
import { Conversations, Threads } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Accounts, Audit } from '@claimline/people';
import { Clocks, ComplaintClocks, Complaints, ComplaintStore, Tasks } from '@claimline/quality';
import { Outlets } from '../conversations/outlets';
import { FollowClocks } from '../flows/follow-clocks';
import { FollowComplaint } from '../flows/follow-complaint';
import { HandleComplaint } from '../flows/handle-complaint';
import { InformComplainant } from '../flows/inform-complainant';
import { InvestigateComplaint } from '../flows/investigate-complaint';
import { OpenComplaint } from '../flows/open-complaint';
import { RaiseComplaint } from '../flows/raise-complaint';
import { RecogniseComplaint } from '../flows/recognise-complaint';
import { SendReply } from '../flows/send-reply';
import { TellComplainant } from '../flows/tell-complainant';
import { TemplateReply } from '../notifications/template-reply';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ComplaintFactsView } from '../views/complaint-facts.view';
import { ComplaintList } from '../views/complaint-list.view';
import { ComplaintReportView } from '../views/complaint-report.view';
import { ComplaintView } from '../views/complaint.view';
import { ComplaintDesk } from './complaint-desk';
import { ComplaintPapersController } from './complaint-papers.controller';
import { ComplaintReportController, reportRooms } from './complaint-report.controller';
import { ComplaintsController } from './complaints.controller';
import { HandlingRules } from './handling-rules';

const threads = bundle('complaint threads', { conversations: Conversations, threads: Threads });
const sending = bundle('complaint sending', { outlets: Outlets, texts: TemplateReply, reply: SendReply });
const handled = bundle('complaint rooms', {
  conversations: Conversations,
  complaints: Complaints,
  clocks: ComplaintClocks,
  tasks: Tasks,
  accounts: Accounts,
});
const followed = bundle('followed complaint rooms', {
  conversations: Conversations,
  complaints: Complaints,
  clocks: ComplaintClocks,
  tasks: Tasks,
  core: ClaimCoreLine,
});

const rooms = [plain(ComplaintStore), plain(Complaints, ComplaintStore, Outbox), plain(ComplaintClocks, Clocks)];

const views = [
  plain(ComplaintFactsView),
  plain(ComplaintList, Database),
  plain(ComplaintView, Database),
  plain(ComplaintReportView, Database),
  plain(ComplaintDesk, Database, ComplaintView, Audit, CLOCK),
];

const flows = [
  plain(OpenComplaint, Complaints, ComplaintClocks, ComplaintFactsView, Tasks, FollowClocks),
  plain(RecogniseComplaint, threads, ComplaintFactsView, HandlingRules, OpenComplaint, Outbox, CLOCK),
  plain(RaiseComplaint, Conversations, Threads, OpenComplaint, Outbox),
  plain(TellComplainant, sending, HandlingRules, ComplaintClocks, Tasks),
  plain(HandleComplaint, handled, ComplaintFactsView, HandlingRules, TellComplainant, FollowClocks),
  plain(InvestigateComplaint, Complaints, Accounts, ComplaintFactsView, HandleComplaint),
  plain(InformComplainant, Complaints, ComplaintClocks, HandleComplaint, TellComplainant, FollowClocks),
  plain(FollowComplaint, followed, ComplaintFactsView, HandlingRules, FollowClocks),
];

const bundles = [threads, sending, handled, followed, reportRooms].map(({ provider }) => provider);
const providers = [...bundles, ...rooms, ...views, ...flows];

/** Complaints: heard, gone through in six steps, reported by the month. The report's routes stand before `:id`. */
@Global()
@Module({
  controllers: [ComplaintReportController, ComplaintsController, ComplaintPapersController],
  providers,
  exports: providers.map((provider) => provider.provide),
})
export class ComplaintsModule {}
