import { Global, Module } from '@nestjs/common';
import {
  Appointments,
  Contacts,
  Conversations,
  FileWords,
  Journal,
  Letters,
  Moves,
  Scans,
  SecureLinks,
  Threads,
} from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Attachments, FileKeeper, Files, FolderStorage, Pages } from '@claimline/files';
import { Audit } from '@claimline/people';
import { FileByHand } from '../flows/file-by-hand';
import { InviteCustomer } from '../flows/invite-customer';
import { ManageConversation } from '../flows/manage-conversation';
import { MoveMessage } from '../flows/move-message';
import { SendAutomatic } from '../flows/send-automatic';
import { UploadedFiles } from '../flows/send-reply';
import { Outlets } from '../conversations/outlets';
import { InboundDesk } from '../inbound/inbound-desk';
import { OpenInboxes } from '../inbound/open-inboxes';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PortalAddress } from '../portal/portal-address';
import { AppointmentView } from '../views/appointment.view';
import { AttachmentView } from '../views/attachment.view';
import { BrandView } from '../views/brand.view';
import { FilingView } from '../views/filing.view';
import { LetterFactsView } from '../views/letter-facts.view';
import { MailroomView } from '../views/mailroom.view';
import { PartyClaims } from '../views/party-claims.view';
import { PartyView } from '../views/party.view';
import { VisitView } from '../views/visit.view';
import { AppointmentsController } from './appointments.controller';
import { CounterController } from './counter.controller';
import { CounterDesk } from './counter-desk';
import { FilingController } from './filing.controller';
import { FilingDesk } from './filing-desk';
import { MailroomController } from './mailroom.controller';
import { MailroomDesk } from './mailroom-desk';
import { OutgoingPost } from './outgoing-post';
import { PaperReader } from './paper-reader';
import { PostalController } from './postal.controller';
import { SplitScans } from './split-scans';

const moving = bundle('moving rows', { conversations: Conversations, threads: Threads, moves: Moves, contacts: Contacts });
const filing = bundle('filing rows', { threads: Threads, conversations: Conversations, attachments: Attachments });
const told = { database: Database, audit: Audit, outbox: Outbox, clock: CLOCK } as const;
const stored = { keeper: FileKeeper, files: Files, attachments: Attachments } as const;
const mailroom = bundle('mailroom', {
  ...told,
  scans: Scans,
  letters: Letters,
  contacts: Contacts,
  conversations: Conversations,
  attachments: Attachments,
  view: AttachmentView,
  parties: PartyView,
  brands: BrandView,
  inboxes: OpenInboxes,
  reader: PaperReader,
  byHand: FileByHand,
  moves: MoveMessage,
  desk: InboundDesk,
});
const splitting = bundle('splitting', { ...told, ...stored, scans: Scans, view: AttachmentView, reader: PaperReader, pages: Pages });
const post = bundle('outgoing post', {
  ...stored,
  database: Database,
  letters: Letters,
  facts: LetterFactsView,
  outbox: Outbox,
  clock: CLOCK,
});
const counter = bundle('counter', {
  database: Database,
  inboxes: OpenInboxes,
  parties: PartyView,
  contacts: Contacts,
  visits: VisitView,
  appointments: Appointments,
  byHand: FileByHand,
  files: UploadedFiles,
  audit: Audit,
  clock: CLOCK,
});

const inviting = bundle('inviting', {
  ...stored,
  database: Database,
  appointments: Appointments,
  conversations: Conversations,
  view: AppointmentView,
  links: SecureLinks,
  address: PortalAddress,
  automatic: SendAutomatic,
  outlets: Outlets,
  outbox: Outbox,
});

const providers = [
  plain(Scans),
  plain(Letters),
  plain(Moves),
  plain(FileWords),
  plain(Appointments),
  plain(Pages),
  plain(FilingView, Database),
  plain(MailroomView, Database, FilingView),
  plain(LetterFactsView),
  plain(VisitView, Database),
  plain(PaperReader, Database, FolderStorage, Pages, FileWords, CLOCK),
  plain(FilingDesk, Database, filing, PaperReader, FilingView),
  plain(MoveMessage, moving, PartyView, PartyClaims, ManageConversation, Outbox),
  plain(FileByHand, Journal, Contacts, Conversations, Threads, Outbox),
  plain(MailroomDesk, mailroom),
  plain(SplitScans, splitting),
  plain(OutgoingPost, post),
  plain(CounterDesk, counter),
  plain(AppointmentView, Database),
  plain(InviteCustomer, inviting),
];

/** Paper and counter: what comes by hand, and what leaves by post. */
@Global()
@Module({
  controllers: [FilingController, MailroomController, CounterController, PostalController, AppointmentsController],
  providers: [...[moving, filing, mailroom, splitting, post, counter, inviting].map(({ provider }) => provider), ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class PaperModule {}
