import { Global, Module, type FactoryProvider } from '@nestjs/common';
import { Database, Outbox } from '@claimline/database';
import { Absences, AbsenceStore, Accounts, ApiKeys, Audit, Sessions } from '@claimline/people';
import type { Config } from '../config';
import { Authenticator } from '../http/principal';
import { RateLimits } from '../http/rate-limits';
import { bind, plain } from '../platform/plain';
import { CLOCK, CONFIG } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { AccountAuthenticator } from './account-authenticator';
import { AuthController } from './auth.controller';

/** Binds a repository that has to know whether demo accounts count. */
const knowingDemo = <Instance>(made: new (demo: boolean) => Instance): FactoryProvider<Instance> => ({
  provide: made,
  useFactory: (config: Config) => new made(config.demo),
  inject: [CONFIG as never],
});

const providers = [
  knowingDemo(Accounts),
  knowingDemo(Sessions),
  knowingDemo(ApiKeys),
  plain(Audit),
  plain(AbsenceStore),
  plain(Absences, AbsenceStore, Outbox),
  plain(RateLimits, Database, CLOCK),
  plain(BrandView, Database),
  plain(AccountAuthenticator, Database, Sessions, ApiKeys),
  bind(Authenticator, AccountAuthenticator),
];

/** Accounts, sessions, keys, audit. Everybody needs them. */
@Global()
@Module({ controllers: [AuthController], providers, exports: providers.map((provider) => provider.provide) })
export class PeopleModule {}
