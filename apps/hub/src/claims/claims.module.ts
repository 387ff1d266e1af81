import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  ClaimCoreEventRepository,
  ClaimCoreLine,
  ClaimEventRepository,
  ClaimImport,
  ClaimIntake,
  ClaimRepository,
  Claims,
  ClaimSearchRepository,
  ClaimSurroundings,
  Documents,
  Representations,
} from '@claimline/claims';
import { Contacts, Conversations, Holders, Journal, Threads, ToldPeople } from '@claimline/conversations';
import { Database, Jobs, Outbox, Seal } from '@claimline/database';
import { Settings } from '@claimline/people';
import { Tasks } from '@claimline/quality';
import type { FastifyInstance } from 'fastify';
import { BindReport } from '../flows/bind-report';
import { DocumentsModule } from '../documents/documents.module';
import { ChangeClaim } from '../flows/change-claim';
import { EnrollParties } from '../flows/enroll-parties';
import { ManageConversation } from '../flows/manage-conversation';
import { RepresentParty } from '../flows/represent-party';
import { SuggestCounsel } from '../flows/suggest-counsel';
import { ImportClaims } from '../flows/import-claims';
import { TellClaimCore } from '../flows/tell-claim-core';
import { Authenticator } from '../http/principal';
import { bundle } from '../platform/bundle';
import { bind, plain } from '../platform/plain';
import { CLOCK, FETCH, LOG } from '../platform/tokens';
import { ReportModule } from '../report/report.module';
import { ClaimNewsView } from '../views/claim-news.view';
import { ClaimSurroundingsView } from '../views/claim-surroundings.view';
import { ClaimTimelineView } from '../views/claim-timeline.view';
import { ClaimView } from '../views/claim.view';
import { CounselView } from '../views/counsel.view';
import { PartyClaims } from '../views/party-claims.view';
import { WechatAccounts } from '../views/wechat-accounts.view';
import { claimDoors } from './claim-doors.plugin';
import { ClaimEventDesk } from './claim-event-desk';
import { ClaimEventSecrets } from './claim-event-secrets';
import { ClaimsController } from './claims.controller';
import { CounselController } from './counsel.controller';
import { SealedEndpoints } from './line-out/sealed-endpoints';

const telling = bundle('telling parts', {
  events: ClaimCoreEventRepository,
  line: ClaimCoreLine,
  endpoints: SealedEndpoints,
  jobs: Jobs,
  tasks: Tasks,
});

const claimPapers = bundle('claim papers', { claims: ClaimRepository, documents: Documents });

/** What a flow about lawyers needs of conversations. */
const counselThreads = bundle('counsel-threads', { conversations: Conversations, contacts: Contacts, manage: ManageConversation });

/** What becomes of a party. */
const people = bundle('people of claims', { contacts: Contacts, told: ToldPeople, holders: Holders });

const providers = [
  people.provider,
  counselThreads.provider,
  claimPapers.provider,
  plain(Representations),
  plain(CounselView),
  plain(RepresentParty, Representations, counselThreads, PartyClaims, CounselView, Outbox, ClaimNewsView),
  plain(SuggestCounsel, Conversations, Threads, Outbox),
  plain(ClaimRepository),
  plain(ClaimEventRepository),
  plain(ClaimSearchRepository),
  plain(Claims, ClaimRepository),
  plain(ClaimSurroundingsView),
  bind(ClaimSurroundings, ClaimSurroundingsView),
  plain(ClaimIntake, ClaimRepository, ClaimEventRepository, ClaimSurroundings, Outbox, Seal, CLOCK),
  plain(ClaimImport, ClaimRepository, ClaimSurroundings, CLOCK),
  plain(Settings),
  plain(ClaimEventSecrets, Database, Settings, Seal, CLOCK),
  plain(WechatAccounts),
  plain(ToldPeople),
  plain(Holders),
  plain(EnrollParties, people, Claims, WechatAccounts, Outbox),
  plain(ChangeClaim, ClaimIntake, EnrollParties, Journal, Outbox, CLOCK, BindReport, claimPapers),
  plain(ClaimEventDesk, Database, ChangeClaim),
  plain(ImportClaims, Database, ClaimImport, EnrollParties, claimPapers, CLOCK),
  plain(ClaimView, Database, ClaimSearchRepository),
  plain(ClaimTimelineView, Database),
  plain(ClaimCoreEventRepository),
  plain(ClaimCoreLine, ClaimCoreEventRepository, Outbox, Seal),
  plain(SealedEndpoints, Settings, Seal),
  plain(TellClaimCore, Database, telling, FETCH, CLOCK, LOG),
];

/** The claim core's doors, the mirror, and what people read of it. */
@Global()
@Module({
  imports: [ReportModule, DocumentsModule],
  controllers: [ClaimsController, CounselController],
  providers: [telling.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class ClaimsModule implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly authenticator: Authenticator,
    private readonly secrets: ClaimEventSecrets,
    private readonly desk: ClaimEventDesk,
    private readonly imports: ImportClaims,
  ) {}

  async onModuleInit(): Promise<void> {
    const { authenticator, secrets, desk, imports } = this;
    await claimDoors(this.http.httpAdapter.getInstance() as unknown as FastifyInstance, { authenticator, secrets, desk, imports });
  }
}
