import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Claims } from '@claimline/claims';
import { Contacts, Conversations, Threads } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { ConsentCheck, Deliveries, RecipientHours } from '@claimline/delivery';
import {
  ConsentLedger,
  ConsentRepository,
  KnowledgeRepository,
  Notices,
  NoticesRepository,
  PreferencesRepository,
  RecipientQuietHours,
  Templates,
  TemplatesRepository,
} from '@claimline/notifications';
import { Tasks } from '@claimline/quality';
import { Outlets } from '../conversations/outlets';
import { RenderedReply } from '../conversations/rendered-reply';
import { StageDocuments } from '../documents/stage-documents';
import { AskPerson } from '../flows/ask-person';
import { FollowNotice } from '../flows/follow-notice';
import { ConsentWriter } from '../flows/note-consent-event';
import { PlanNotices } from '../flows/plan-notices';
import { RecordConsent } from '../flows/record-consent';
import { SendAutomatic } from '../flows/send-automatic';
import { SendNotice } from '../flows/send-notice';
import { SendReply } from '../flows/send-reply';
import { CarrierOptOuts } from '../flows/settle-delivery';
import { bundle } from '../platform/bundle';
import { bind, plain } from '../platform/plain';
import { CLOCK, LOG } from '../platform/tokens';
import { ConsentHistoryView } from '../views/consent-history.view';
import { ConsentCheckView } from '../views/consent-check.view';
import { NoticeSituationView } from '../views/notice-situation.view';
import { NoticeView } from '../views/notice.view';
import { RecipientHoursView } from '../views/recipient-hours.view';
import { TemplateWordsView } from '../views/template-words.view';
import { CarrierRefusals } from './carrier-refusals';
import { ConsentController } from './consent.controller';
import { TemplateReply } from './template-reply';
import { TemplatesController } from './templates.controller';

const rows = bundle('consent threads', { conversations: Conversations, threads: Threads, contacts: Contacts });

const rooms = [
  plain(NoticesRepository),
  plain(ConsentRepository),
  plain(PreferencesRepository),
  plain(TemplatesRepository),
  plain(RecipientQuietHours, PreferencesRepository),
  plain(Templates, TemplatesRepository, CLOCK),
  plain(ConsentLedger, ConsentRepository, Outbox, CLOCK),
  plain(KnowledgeRepository),
  plain(Notices, NoticesRepository, Templates, KnowledgeRepository, Outbox, CLOCK),
];

const views = [
  plain(NoticeSituationView),
  plain(TemplateWordsView),
  plain(NoticeView, Database, Notices),
  plain(ConsentHistoryView, Database),
  plain(ConsentCheckView, Database, ConsentLedger),
  plain(RecipientHoursView, Database, RecipientQuietHours),
];

const flows = [
  plain(TemplateReply, Templates, TemplateWordsView),
  plain(AskPerson, Conversations, Tasks),
  plain(SendNotice, Notices, Conversations, Threads, Deliveries, Outbox),
  plain(PlanNotices, Database, NoticeSituationView, Notices, SendNotice, AskPerson, StageDocuments, CLOCK, LOG),
  plain(FollowNotice, Conversations, Notices, Claims, SendNotice, AskPerson, CLOCK),
  plain(SendAutomatic, Outlets, TemplateReply, SendReply),
  plain(RecordConsent, rows, ConsentLedger, NoticeSituationView, SendAutomatic, Tasks, CLOCK),
  plain(CarrierRefusals, RecordConsent),
];

const bound = [
  bind(RenderedReply, TemplateReply),
  bind(ConsentCheck, ConsentCheckView),
  bind(RecipientHours, RecipientHoursView),
  bind(ConsentWriter, RecordConsent),
  bind(CarrierOptOuts, CarrierRefusals),
];

const providers = [...rooms, ...views, ...flows, ...bound];

/** Notices, consent, preferences and the texts of all of them. */
@Global()
@Module({
  controllers: [TemplatesController, ConsentController],
  providers: [rows.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class NotificationsModule implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly templates: Templates,
  ) {}

  /** The texts that come with the product are there before the first of them is needed. */
  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction((tx) => this.templates.seed(tx));
  }
}
