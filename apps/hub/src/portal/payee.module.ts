import { Module } from '@nestjs/common';
import { ClaimCoreLine, PayeeChoices } from '@claimline/claims';
import { Conversations, SecureLinks } from '@claimline/conversations';
import { Outbox, Seal } from '@claimline/database';
import { Tasks } from '@claimline/quality';
import { ChoosePayee } from '../flows/choose-payee';
import { OfferPayee } from '../flows/offer-payee';
import { PlanNotices } from '../flows/plan-notices';
import { SendAutomatic } from '../flows/send-automatic';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { PortalWelcomeView } from '../views/portal-welcome.view';
import { DirectWays } from './direct-way';
import { PayeeController } from './payee.controller';
import { PortalAddress } from './portal-address';

const choosing = bundle('payee choosing', {
  links: SecureLinks,
  choices: PayeeChoices,
  core: ClaimCoreLine,
  conversations: Conversations,
  welcome: PortalWelcomeView,
  ways: DirectWays,
  automatic: SendAutomatic,
  tasks: Tasks,
  outbox: Outbox,
});
const offering = bundle('payee offering', {
  plan: PlanNotices,
  links: SecureLinks,
  address: PortalAddress,
  welcome: PortalWelcomeView,
  conversations: Conversations,
  ways: DirectWays,
  automatic: SendAutomatic,
  tasks: Tasks,
});

const providers = [plain(PayeeChoices, Seal), plain(ChoosePayee, choosing), plain(OfferPayee, offering)];

/** Where the money goes: offering the choice, and taking it. */
@Module({
  controllers: [PayeeController],
  providers: [choosing.provider, offering.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class PayeeModule {}
