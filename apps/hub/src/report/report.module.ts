import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ClaimCoreLine, FnolDrafts, ImportedPolicies, Reports } from '@claimline/claims';
import { Contacts, Conversations } from '@claimline/conversations';
import { Database, Outbox, Seal, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { Tasks, TaskStore } from '@claimline/quality';
import type { FastifyInstance } from 'fastify';
import { SealedEndpoints } from '../claims/line-out/sealed-endpoints';
import { BeginReport } from '../flows/begin-report';
import { BindReport } from '../flows/bind-report';
import { ManageReport } from '../flows/manage-report';
import { RemindReport } from '../flows/remind-report';
import { Authenticator } from '../http/principal';
import { bundle } from '../platform/bundle';
import { Given, plain } from '../platform/plain';
import { CLOCK, FETCH, LOG } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { HotlineView } from '../views/hotline.view';
import { PartyClaims } from '../views/party-claims.view';
import { ReportGroundView } from '../views/report-ground.view';
import { ReportView } from '../views/report.view';
import { ClaimCoreController } from './claim-core.controller';
import { HotlineController } from './hotline.controller';
import { PoliciesController } from './policies.controller';
import { PolicyDesk } from './policy-desk';
import { policyImport } from './policy-import.plugin';
import { ReportsController } from './reports.controller';

const policyParts = bundle('policy parts', {
  database: Database,
  endpoints: SealedEndpoints,
  imported: ImportedPolicies,
  ground: ReportGroundView,
  seal: Seal,
});

const providers = [
  plain(FnolDrafts),
  plain(Reports, FnolDrafts, ClaimCoreLine, Outbox),
  plain(ImportedPolicies, Database),
  plain(ReportView, Database),
  plain(HotlineView, Database),
  plain(ReportGroundView),
  plain(BeginReport, Reports, Conversations, ReportGroundView, BrandView),
  plain(ManageReport, Reports, Conversations, Tasks, TaskStore, Contacts),
  plain(BindReport, Reports, Conversations, PartyClaims, Outbox),
  plain(RemindReport, Database, FnolDrafts, Conversations, Tasks, LOG),
  plain(PolicyDesk, policyParts, FETCH),
];

/** First notices of loss and the policies they are about. */
@Global()
@Module({
  controllers: [ReportsController, PoliciesController, ClaimCoreController, HotlineController],
  providers: [policyParts.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class ReportModule implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly database: Database,
    private readonly authenticator: Authenticator,
    private readonly policies: ImportedPolicies,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    const { database, authenticator, policies, audit, clock } = this;
    await policyImport(this.http.httpAdapter.getInstance() as unknown as FastifyInstance, {
      database,
      authenticator,
      policies,
      audit,
      clock,
    });
  }
}
