import { Module, type FactoryProvider } from '@nestjs/common';
import { Database } from '@claimline/database';
import { Accounts, Audit, Sessions, Teams } from '@claimline/people';
import { Adjusters } from '@claimline/routing';
import type { Config } from '../config';
import { ManageAccount } from '../flows/manage-account';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK, CONFIG } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { StaffView } from '../views/staff.view';
import { AccountsController } from './accounts.controller';
import { ApiKeysController } from './api-keys.controller';

const rooms = bundle('staff', { accounts: Accounts, sessions: Sessions, teams: Teams, adjusters: Adjusters, audit: Audit });

const view: FactoryProvider<StaffView> = {
  provide: StaffView,
  useFactory: (database: Database, config: Config) => new StaffView(database, config.demo),
  inject: [Database, CONFIG as never],
};

/** Keeping accounts and keys: above people and routing, because an account brings its place in the router. */
@Module({
  controllers: [AccountsController, ApiKeysController],
  providers: [plain(Teams), rooms.provider, view, plain(ManageAccount, Database, rooms, BrandView, CONFIG, CLOCK)],
})
export class StaffModule {}
