import { Module } from '@nestjs/common';
import { Database } from '@claimline/database';
import { plain } from '../platform/plain';
import { BacklogView } from '../views/backlog.view';
import { HealthController } from './health.controller';

/** Health, readiness and metrics. */
@Module({ controllers: [HealthController], providers: [plain(BacklogView, Database)] })
export class OperationsModule {}
