import { Module } from '@nestjs/common';
import { Documents } from '@claimline/claims';
import { Conversations, Threads } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Attachments } from '@claimline/files';
import { MatchDocuments } from '../flows/match-documents';
import { UploadDocument } from '../flows/upload-document';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { PartyClaims } from '../views/party-claims.view';
import { PortalDocumentsView } from '../views/portal-documents.view';
import { PortalDocumentsController } from './portal-documents.controller';

const rooms = bundle('rooms of an upload', {
  conversations: Conversations,
  threads: Threads,
  attachments: Attachments,
  documents: Documents,
  outbox: Outbox,
});

/** The customer's page of documents; it needs the portal's door. */
@Module({
  controllers: [PortalDocumentsController],
  providers: [
    rooms.provider,
    plain(PortalDocumentsView, Database, Documents),
    plain(UploadDocument, rooms, PortalDocumentsView, PartyClaims, MatchDocuments),
  ],
})
export class PortalDocumentsModule {}
