import { Module } from '@nestjs/common';
import { PortalGrants } from '@claimline/conversations';
import { Database } from '@claimline/database';
import { Sessions } from '@claimline/people';
import { RateLimits } from '../http/rate-limits';
import { plain } from '../platform/plain';
import { BacklogView } from '../views/backlog.view';
import { HealthController } from './health.controller';
import { Startup } from './startup';
import { TidyUp } from './tidy-up';

/** Health, readiness and metrics. */
@Module({
  controllers: [HealthController],
  providers: [
    plain(Startup),
    plain(BacklogView, Database),
    plain(PortalGrants),
    plain(TidyUp, Database, Sessions, RateLimits, PortalGrants),
  ],
})
export class OperationsModule {}
