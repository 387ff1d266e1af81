import { Global, Module, type BeforeApplicationShutdown, type FactoryProvider, type OnApplicationBootstrap } from '@nestjs/common';
import { Journal } from '@claimline/conversations';
import { Database, Outbox, Seal } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Audit } from '@claimline/people';
import type { Config } from '../config';
import { InboundShelf } from '../files/inbound-shelf';
import { ReplayNeedsLook } from '../flows/replay-needs-look';
import { bundle } from '../platform/bundle';
import { Given, plain } from '../platform/plain';
import { CLOCK, CONFIG, LOG } from '../platform/tokens';
import { MailAddressView } from '../views/mail-address.view';
import { NeedsLookView } from '../views/needs-look.view';
import { InboundDesk } from './inbound-desk';
import { MailDesk } from './mail-desk';
import { MailListener } from './mail-listener';
import { NeedsLookController } from './needs-look.controller';
import { OpenInboxes } from './open-inboxes';

const listener: FactoryProvider<MailListener> = {
  provide: MailListener,
  useFactory: (config: Config, desk: MailDesk, log: Log) => new MailListener({ host: config.host, port: config.smtpPort, desk, log }),
  inject: [CONFIG as never, MailDesk, LOG as never],
};

const replayGround = bundle('replay ground', {
  database: Database,
  journal: Journal,
  shelf: InboundShelf,
  inboxes: OpenInboxes,
  desk: InboundDesk,
  view: NeedsLookView,
  outbox: Outbox,
  audit: Audit,
  clock: CLOCK,
});

const providers = [
  plain(MailAddressView, Database),
  plain(MailDesk, MailAddressView, OpenInboxes, InboundDesk, CLOCK, LOG),
  listener,
  plain(NeedsLookView, Database, Seal),
  plain(ReplayNeedsLook, replayGround),
];

/** The mail door, and what people do with what no door could read. The door is open while the hub serves, in the roles that serve. */
@Global()
@Module({
  controllers: [NeedsLookController],
  providers: [replayGround.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class MailModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly listener: MailListener,
    @Given(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role !== 'worker') await this.listener.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener.stop();
  }
}
