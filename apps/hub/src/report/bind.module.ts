import { Module } from '@nestjs/common';
import { Claims, Reports } from '@claimline/claims';
import { Conversations, SecureLinks } from '@claimline/conversations';
import { Tasks } from '@claimline/quality';
import { BeginReport } from '../flows/begin-report';
import { BindByLink } from '../flows/bind-by-link';
import { ManageConversation } from '../flows/manage-conversation';
import { SendAutomatic } from '../flows/send-automatic';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { PortalAddress } from '../portal/portal-address';
import { PartyClaims } from '../views/party-claims.view';
import { BindController } from './bind.controller';
import { PolicyDesk } from './policy-desk';

const binding = bundle('binding by link', {
  conversations: Conversations,
  links: SecureLinks,
  address: PortalAddress,
  automatic: SendAutomatic,
  claims: Claims,
  partyClaims: PartyClaims,
  manage: ManageConversation,
  begin: BeginReport,
  reports: Reports,
  policies: PolicyDesk,
  tasks: Tasks,
});

/** The one-tap page by which an unknown sender says that a claim or policy is theirs. */
@Module({ controllers: [BindController], providers: [binding.provider, plain(BindByLink, binding)] })
export class BindModule {}
