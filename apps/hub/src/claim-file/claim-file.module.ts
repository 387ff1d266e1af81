import { Module } from '@nestjs/common';
import { ClaimCoreLine } from '@claimline/claims';
import { Conversations } from '@claimline/conversations';
import { Database, Seal } from '@claimline/database';
import { FolderStorage } from '@claimline/files';
import { Accounts, Audit } from '@claimline/people';
import { TellTranscript } from '../flows/tell-transcript';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { PublicUrl } from '../platform/public-url';
import { CLOCK } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { ClaimFileView } from '../views/claim-file.view';
import { TranscriptView } from '../views/transcript.view';
import { ClaimFileController } from './claim-file.controller';
import { ClaimFiles } from './claim-files';
import { TranscriptController } from './transcript.controller';

const ground = bundle('claim file ground', {
  database: Database,
  seal: Seal,
  audit: Audit,
  accounts: Accounts,
  storage: FolderStorage,
  clock: CLOCK,
});

/** The claim file: exported as evidence, held against today, told to the claim core. */
@Module({
  controllers: [ClaimFileController, TranscriptController],
  providers: [
    ground.provider,
    plain(ClaimFileView, Database),
    plain(TranscriptView, Database),
    plain(ClaimFiles, ground, ClaimFileView, BrandView),
    plain(TellTranscript, Conversations, ClaimCoreLine, PublicUrl, CLOCK),
  ],
})
export class ClaimFileModule {}
