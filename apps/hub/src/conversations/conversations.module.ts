import { Global, Module } from '@nestjs/common';
import {
  Calls,
  ContactChanges,
  ContactHands,
  Contacts,
  Conversations,
  Desk,
  Journal,
  Receiver,
  Speakers,
  Threads,
  Visitors,
  Words,
} from '@claimline/conversations';
import { Database, Outbox, Seal, Wakeups } from '@claimline/database';
import { Deliveries } from '@claimline/delivery';
import { Accounts, Settings } from '@claimline/people';
import { HandlingRules } from '../complaints/handling-rules';
import { BridgeCall } from '../flows/bridge-call';
import { MergeContacts } from '../flows/merge-contacts';
import { ManageConversation } from '../flows/manage-conversation';
import { MessageFiles, ReceiveMessage } from '../flows/receive-message';
import { SendingLine, SendReply, UploadedFiles } from '../flows/send-reply';
import { WakeSnoozed } from '../flows/wake-snoozed';
import { WallConversations } from '../flows/wall-conversations';
import { WriteFirst } from '../flows/write-first';
import { OpenInboxes } from '../inbound/open-inboxes';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { BrandView } from '../views/brand.view';
import { ComposerView } from '../views/composer.view';
import { ContactView } from '../views/contact.view';
import { ContactWall } from '../views/contact-wall.view';
import { CounselView } from '../views/counsel.view';
import { ConversationDetail } from '../views/conversation-detail.view';
import { ConversationList } from '../views/conversation-list.view';
import { InboxCounts } from '../views/inbox-counts.view';
import { ClaimNewsView } from '../views/claim-news.view';
import { PartyClaims } from '../views/party-claims.view';
import { PartyView } from '../views/party.view';
import { SearchView } from '../views/search.view';
import { SuggestedClaims } from '../views/suggested-claims.view';
import { ThreadView } from '../views/thread.view';
import { CallsController } from './calls.controller';
import { ContactChangesController } from './contact-changes.controller';
import { ContactsController } from './contacts.controller';
import { ConversationsController } from './conversations.controller';
import { MaskedWordsController } from './masked-words.controller';
import { MessagesController } from './messages.controller';
import { Outlets } from './outlets';
import { RenderedReply } from './rendered-reply';
import { SearchController } from './search.controller';

/** How a first message leaves. */
const sending = bundle('sending', { outlets: Outlets, rendered: RenderedReply, reply: SendReply });

/** What the composer asks of other rooms: who speaks for the customer, and who is a regulator. */
const composerKnows = bundle('composer knows', { counsel: CounselView, rules: HandlingRules });

const rooms = [
  plain(Journal, Seal),
  plain(Receiver, Database, Seal, Wakeups),
  plain(Contacts),
  plain(Conversations),
  plain(Threads, Seal),
  plain(Desk),
  plain(Words),
  plain(Calls),
  plain(Visitors),
  plain(Speakers),
  plain(ContactChanges),
  plain(ContactHands),
];

const views = [
  plain(PartyClaims),
  plain(PartyView),
  plain(ConversationList, Database),
  plain(ConversationDetail, Database, ConversationList, Contacts, Desk, PartyClaims, SuggestedClaims),
  plain(SuggestedClaims),
  plain(ThreadView, Database, Threads),
  plain(InboxCounts, Database, ConversationList),
  plain(ComposerView, Database, OpenInboxes, Contacts, composerKnows),
  plain(ContactView, Database, Contacts),
  plain(SearchView, Database, ConversationList),
];

const flows = [
  plain(ContactWall),
  plain(MergeContacts, Contacts, Conversations, ContactHands, ContactChanges, PartyClaims, ContactWall, Outbox),
  plain(HandlingRules, Settings),
  plain(Outlets, OpenInboxes, Contacts, HandlingRules),
  plain(ReceiveMessage, Journal, Contacts, Conversations, Threads, MessageFiles, PartyClaims, Outbox),
  plain(SendReply, Conversations, Threads, Desk, SendingLine, UploadedFiles, Outbox),
  plain(BridgeCall, Accounts, Outlets, Threads, Deliveries, Outbox),
  plain(ManageConversation, Conversations, Contacts, PartyClaims, Outbox, Speakers),
  plain(WakeSnoozed, Database, ManageConversation),
  plain(ClaimNewsView),
  plain(WallConversations, Conversations, ClaimNewsView, Outbox),
  plain(WriteFirst, Conversations, Contacts, PartyView, BrandView, sending, Outbox),
];

const providers = [sending.provider, composerKnows.provider, ...rooms, ...views, ...flows];

/** Threads, contacts and what people do with them. The heart: everybody may ask for its parts. */
@Global()
@Module({
  controllers: [
    ConversationsController,
    MessagesController,
    MaskedWordsController,
    CallsController,
    ContactsController,
    ContactChangesController,
    SearchController,
  ],
  providers,
  exports: providers.map((provider) => provider.provide),
})
export class ConversationsModule {}
