import { Global, Module } from '@nestjs/common';
import { BulkRuns, Conversations } from '@claimline/conversations';
import { Database, Outbox, Wakeups } from '@claimline/database';
import { Accounts, Audit } from '@claimline/people';
import { Outlets } from '../conversations/outlets';
import { RenderedReply } from '../conversations/rendered-reply';
import { ActInBulk } from '../flows/act-in-bulk';
import { AssignConversation } from '../flows/assign-conversation';
import { ManageConversation } from '../flows/manage-conversation';
import { RunBulk } from '../flows/run-bulk';
import { SendReply } from '../flows/send-reply';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK, LOG } from '../platform/tokens';
import { BulkRunView } from '../views/bulk-run.view';
import { ConversationSelection } from '../views/conversation-selection.view';
import { SenderForecastView } from '../views/sender-forecast.view';
import { BulkController } from './bulk.controller';
import { PreviewBulk } from './preview-bulk';

const single = bundle('single deeds', {
  assign: AssignConversation,
  manage: ManageConversation,
  reply: SendReply,
  outlets: Outlets,
  rendered: RenderedReply,
});
const world = bundle('bulk world', { wakeups: Wakeups, clock: CLOCK, log: LOG });

const providers = [
  plain(BulkRuns, Wakeups),
  plain(SenderForecastView),
  plain(ConversationSelection),
  plain(BulkRunView, Database, SenderForecastView),
  plain(ActInBulk, Conversations, Accounts, single, Outbox),
  plain(PreviewBulk, Database, ConversationSelection, Conversations, ActInBulk, SenderForecastView),
  plain(RunBulk, Database, BulkRuns, ActInBulk, Audit, Outbox, world),
];

/** The same done to many conversations. */
@Global()
@Module({
  controllers: [BulkController],
  providers: [single.provider, world.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class BulkModule {}
