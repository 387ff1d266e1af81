import { Global, Module } from '@nestjs/common';
import { Contacts, Conversations, PortalGrants, SecureLinks, Speakers, StepUp, Threads } from '@claimline/conversations';
import { Database, Outbox, Seal } from '@claimline/database';
import { ConsentLedger, PreferencesRepository } from '@claimline/notifications';
import { ChoosePreferences } from '../flows/choose-preferences';
import { SendAutomatic } from '../flows/send-automatic';
import { AskWhoWrites } from '../flows/ask-who-writes';
import { ManageConversation } from '../flows/manage-conversation';
import { SendCode } from '../flows/send-code';
import { RateLimits } from '../http/rate-limits';
import { OpenInboxes } from '../inbound/open-inboxes';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { PublicUrl } from '../platform/public-url';
import { CLOCK, CONFIG } from '../platform/tokens';
import { PortalHomeView } from '../views/portal-home.view';
import { CustomerChoicesView } from '../views/customer-choices.view';
import { PortalWelcomeView } from '../views/portal-welcome.view';
import { DirectWays } from './direct-way';
import { HolderController } from './holder.controller';
import { PayeeModule } from './payee.module';
import { PortalAddress } from './portal-address';
import { PortalDoor } from './portal-door';
import { PortalHomeController } from './portal-home.controller';
import { PortalSignIns } from './portal-sign-in';
import { PortalSteps } from './portal-steps';
import { PortalPreferencesController } from './portal-preferences.controller';
import { PortalController } from './portal.controller';

const door = bundle('portal door', {
  database: Database,
  links: SecureLinks,
  grants: PortalGrants,
  limits: RateLimits,
  clock: CLOCK,
  config: CONFIG,
});
const steps = bundle('portal steps', {
  database: Database,
  stepUp: StepUp,
  send: SendCode,
  welcome: PortalWelcomeView,
  door: PortalDoor,
  clock: CLOCK,
});
const signIns = bundle('portal sign-ins', {
  database: Database,
  contacts: Contacts,
  inboxes: OpenInboxes,
  stepUp: StepUp,
  send: SendCode,
  door: PortalDoor,
  clock: CLOCK,
});

const choosing = bundle('choosing preferences', {
  contacts: Contacts,
  conversations: Conversations,
  links: SecureLinks,
  address: PortalAddress,
  automatic: SendAutomatic,
});

const asking = bundle('who writes', {
  database: Database,
  conversations: Conversations,
  contacts: Contacts,
  threads: Threads,
  speakers: Speakers,
  stepUp: StepUp,
  code: SendCode,
  welcome: PortalWelcomeView,
  manage: ManageConversation,
  automatic: SendAutomatic,
});

const providers = [
  plain(SecureLinks),
  plain(StepUp, Seal),
  plain(PortalGrants),
  plain(PortalAddress, PublicUrl),
  plain(PortalWelcomeView, Database),
  plain(PortalHomeView, Database),
  plain(CustomerChoicesView, Database, OpenInboxes, PreferencesRepository),
  plain(ChoosePreferences, choosing, PreferencesRepository, ConsentLedger, Outbox),
  plain(DirectWays, OpenInboxes, Contacts),
  plain(SendCode, Conversations, DirectWays, StepUp, SendAutomatic),
  plain(AskWhoWrites, asking),
  plain(PortalDoor, door),
  plain(PortalSteps, steps),
  plain(PortalSignIns, signIns),
];

/** The customer's door: links, codes, and the pages behind them. Whoever owns a page asks for {@link PortalDoor} and {@link PortalAddress}. */
@Global()
@Module({
  imports: [PayeeModule],
  controllers: [HolderController, PortalPreferencesController, PortalHomeController, PortalController],
  providers: [asking.provider, choosing.provider, door.provider, steps.provider, signIns.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class PortalModule {}
