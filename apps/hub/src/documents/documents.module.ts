import { Global, Module } from '@nestjs/common';
import {
  ChecklistSource,
  ClaimCoreLine,
  ClaimRepository,
  DocumentDesk,
  DocumentIntake,
  DocumentReminders,
  DocumentRequests,
  Documents,
  DocumentStore,
} from '@claimline/claims';
import { SecureLinks } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Notices } from '@claimline/notifications';
import { Audit, Settings } from '@claimline/people';
import { Tasks } from '@claimline/quality';
import { AskDocuments } from '../flows/ask-documents';
import { AskPerson } from '../flows/ask-person';
import { ManageDocuments } from '../flows/manage-documents';
import { MatchDocuments } from '../flows/match-documents';
import { NoteDocumentReceipt } from '../flows/note-document-receipt';
import { SendNotice } from '../flows/send-notice';
import { bundle } from '../platform/bundle';
import { bind, plain } from '../platform/plain';
import { PublicUrl } from '../platform/public-url';
import { CLOCK, LOG } from '../platform/tokens';
import { PortalAddress } from '../portal/portal-address';
import { DocumentArrivals } from '../views/document-arrivals.view';
import { DocumentsView } from '../views/documents.view';
import { NoticeSituationView } from '../views/notice-situation.view';
import { ChecklistsController } from './checklists.controller';
import { DocumentLink } from './document-link';
import { DocumentsController } from './documents.controller';
import { SettingsChecklists } from './settings-checklists';
import { StageDocuments } from './stage-documents';

const papers = bundle('papers', { claims: ClaimRepository, desk: DocumentDesk, reminders: DocumentReminders, link: DocumentLink });
const telling = bundle('telling of documents', {
  situations: NoticeSituationView,
  notices: Notices,
  sending: SendNotice,
  person: AskPerson,
  tasks: Tasks,
});
const stage = bundle('documents of a stage', {
  documents: Documents,
  desk: DocumentDesk,
  requests: DocumentRequests,
  reminders: DocumentReminders,
});

const providers = [
  plain(DocumentStore),
  plain(DocumentRequests),
  plain(SettingsChecklists, Settings),
  bind(ChecklistSource, SettingsChecklists),
  plain(Documents, DocumentStore, DocumentRequests, ChecklistSource),
  plain(DocumentDesk, DocumentStore, DocumentRequests, Outbox),
  plain(DocumentIntake, DocumentStore, ChecklistSource, Outbox),
  plain(DocumentReminders, DocumentStore, DocumentRequests, Outbox),
  plain(DocumentLink, Documents, SecureLinks, PortalAddress),
  plain(StageDocuments, stage, DocumentLink),
  plain(DocumentsView, Database, Documents),
  plain(DocumentArrivals),
  plain(AskDocuments, Database, papers, telling, CLOCK, LOG),
  plain(ManageDocuments, Documents, DocumentDesk, Audit),
  plain(MatchDocuments, DocumentArrivals, DocumentIntake, ClaimCoreLine),
  plain(NoteDocumentReceipt, DocumentReminders),
];

/** The documents of claims. Links are made here too, so that a claim asks for its papers wherever the portal's pages are served. */
@Global()
@Module({
  controllers: [DocumentsController, ChecklistsController],
  providers: [papers.provider, telling.provider, stage.provider, plain(SecureLinks), plain(PortalAddress, PublicUrl), ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class DocumentsModule {}
