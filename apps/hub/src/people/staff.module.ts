import { Module, type FactoryProvider } from '@nestjs/common';
import { Database, type Clock } from '@claimline/database';
import { Accounts, Audit, Sessions, Teams } from '@claimline/people';
import { Adjusters } from '@claimline/routing';
import type { Config } from '../config';
import { ManageAccount, type StaffRooms } from '../flows/manage-account';
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

const flow: FactoryProvider<ManageAccount> = {
  provide: ManageAccount,
  useFactory: (database: Database, staff: StaffRooms, brands: BrandView, config: Config, clock: Clock) =>
    new ManageAccount(database, staff, brands, config.demo, clock),
  inject: [Database, rooms.provider.provide, BrandView, CONFIG as never, CLOCK as never],
};

/** Keeping accounts and keys: above people and routing, because an account brings its place in the router. */
@Module({ controllers: [AccountsController, ApiKeysController], providers: [plain(Teams), rooms.provider, view, flow] })
export class StaffModule {}
