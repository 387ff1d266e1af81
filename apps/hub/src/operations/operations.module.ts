import { Module } from '@nestjs/common';
import { Database, Jobs, Leases } from '@claimline/database';
import { Settings } from '@claimline/people';
import { ForgetFiles } from '../files/forget-files';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK, LOG } from '../platform/tokens';
import { BacklogView } from '../views/backlog.view';
import { HealthController } from './health.controller';
import { RetentionSettings } from './retention-terms';
import { RetentionController } from './retention.controller';
import { Startup } from './startup';
import { TidyUp } from './tidy-up';

const tidyParts = bundle('tidy parts', { leases: Leases, jobs: Jobs, clock: CLOCK, log: LOG });

/** Health, readiness and metrics; what keeps the tables small. */
@Module({
  controllers: [HealthController, RetentionController],
  providers: [
    tidyParts.provider,
    plain(Startup),
    plain(BacklogView, Database),
    plain(RetentionSettings, Settings),
    plain(TidyUp, Database, RetentionSettings, ForgetFiles, tidyParts),
  ],
})
export class OperationsModule {}
