import { Global, Module } from '@nestjs/common';
import { ClaimCoreLine } from '@claimline/claims';
import { Contacts, Conversations, Journal, SecureLinks, Threads } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { RecipientHours } from '@claimline/delivery';
import { ConsentLedger } from '@claimline/notifications';
import { SurveyStore, Tasks } from '@claimline/quality';
import { Outlets } from '../conversations/outlets';
import { AnswerSurvey } from '../flows/answer-survey';
import { InviteToSurvey } from '../flows/invite-to-survey';
import { SendAutomatic } from '../flows/send-automatic';
import { OpenInboxes } from '../inbound/open-inboxes';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { LOG } from '../platform/tokens';
import { PortalAddress } from '../portal/portal-address';
import { SurveyFactsView } from '../views/survey-facts.view';
import { SurveyReportView } from '../views/survey-report.view';
import { PortalSurveyController } from './portal-survey.controller';
import { SurveysController } from './surveys.controller';

const inviting = bundle('survey inviting', {
  database: Database,
  conversations: Conversations,
  surveys: SurveyStore,
  facts: SurveyFactsView,
  consents: ConsentLedger,
  hours: RecipientHours,
  outlets: Outlets,
  inboxes: OpenInboxes,
  links: SecureLinks,
  address: PortalAddress,
  automatic: SendAutomatic,
  tasks: Tasks,
  outbox: Outbox,
  log: LOG,
});
const answering = bundle('survey answering', {
  database: Database,
  journal: Journal,
  contacts: Contacts,
  conversations: Conversations,
  threads: Threads,
  surveys: SurveyStore,
  links: SecureLinks,
  automatic: SendAutomatic,
  tasks: Tasks,
  core: ClaimCoreLine,
  outbox: Outbox,
});

const providers = [
  plain(SurveyStore),
  plain(SurveyFactsView),
  plain(SurveyReportView, Database, SurveyStore),
  plain(InviteToSurvey, inviting),
  plain(AnswerSurvey, answering),
];

/** How a claim went for its customer: who is asked, what they answer, and how satisfied they are. */
@Global()
@Module({
  controllers: [SurveysController, PortalSurveyController],
  providers: [inviting.provider, answering.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class SurveysModule {}
