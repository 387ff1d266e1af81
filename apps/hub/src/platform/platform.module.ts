import { Global, Module, type DynamicModule, type FactoryProvider, type InjectionToken } from '@nestjs/common';
import { Database, Jobs, Leases, Liveness, Outbox, Seal, Sequencer, Wakeups, type Clock } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { Config } from '../config';
import { guardedFetch } from './guarded-fetch';
import { plain } from './plain';
import { PublicUrl } from './public-url';
import { CLOCK, CONFIG, FETCH, LOG } from './tokens';

/** What exists before the first module: opened by `main`, closed by it. */
export interface Platform {
  readonly config: Config;
  readonly database: Database;
  readonly wakeups: Wakeups;
  /** Absent where a process has no other to be seen by. */
  readonly liveness?: Liveness;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly log: Log;
}

const value = (provide: unknown, useValue: unknown): { provide: InjectionToken; useValue: unknown } => ({
  provide: provide as InjectionToken,
  useValue,
});

const leasesOf = (liveness: Liveness | undefined): FactoryProvider<Leases> => ({
  provide: Leases,
  useFactory: (database: Database, log: Log) =>
    new Leases(database, {
      liveness,
      onError: (name, error) => log.error({ lease: name, error: String(error) }, 'work under a lease failed and will be taken up again'),
    }),
  inject: [Database, LOG as unknown as InjectionToken],
});

/** The ground on which all modules stand. */
@Global()
@Module({})
export class PlatformModule {
  static over(platform: Platform): DynamicModule {
    const providers = [
      value(Database, platform.database),
      value(Wakeups, platform.wakeups),
      value(Seal, platform.seal),
      value(CLOCK, platform.clock),
      value(LOG, platform.log),
      value(CONFIG, platform.config),
      value(FETCH, guardedFetch(platform.config.allowPrivate)),
      plain(PublicUrl, CONFIG),
      plain(Outbox, Wakeups),
      plain(Jobs),
      leasesOf(platform.liveness),
      plain(Sequencer, Database, Leases, Wakeups),
    ];
    return { module: PlatformModule, providers, exports: providers.map((provider) => provider.provide) };
  }
}
