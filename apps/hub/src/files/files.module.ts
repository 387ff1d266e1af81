import { Global, Module, type FactoryProvider, type OnApplicationBootstrap } from '@nestjs/common';
import { Conversations } from '@claimline/conversations';
import { Database, Jobs, Outbox, Seal, type JobHandlers } from '@claimline/database';
import { Attachments, EicarScanner, FileKeeper, FileLinks, Files, FolderStorage, Thumbnails } from '@claimline/files';
import type { Log } from '@claimline/messages';
import type { Config } from '../config';
import { OutgoingFiles } from '../delivery/message-content';
import { FetchMedia } from '../flows/fetch-media';
import { MessageFiles } from '../flows/receive-message';
import { UploadedFiles } from '../flows/send-reply';
import { Shelf } from '../inbound/inbound-desk';
import { OpenInboxes } from '../inbound/open-inboxes';
import { bundle } from '../platform/bundle';
import { bind, Given, plain } from '../platform/plain';
import { PublicUrl } from '../platform/public-url';
import { CLOCK, CONFIG, LOG } from '../platform/tokens';
import { AttachmentView } from '../views/attachment.view';
import { AttachmentsController } from './attachments.controller';
import { FORGET_FILES, ForgetFiles } from './forget-files';
import { GivenFiles } from './given-files';
import { InboundShelf } from './inbound-shelf';
import { FETCH_MEDIA, IncomingFiles } from './incoming-files';
import { StoredOutgoingFiles } from './outgoing-files';
import { SignedFilesController } from './signed-files.controller';
import { TakeUpload } from './take-upload';

const storage: FactoryProvider<FolderStorage> = {
  provide: FolderStorage,
  useFactory: (config: Config) => new FolderStorage(config.filesFolder),
  inject: [CONFIG as never],
};

const keeper: FactoryProvider<FileKeeper> = {
  provide: FileKeeper,
  useFactory: (folder: FolderStorage) => new FileKeeper(folder, [new EicarScanner()], new Thumbnails()),
  inject: [FolderStorage],
};

const parts = bundle('file parts', {
  keeper: FileKeeper,
  rows: Files,
  attachments: Attachments,
  view: AttachmentView,
  conversations: Conversations,
});
const tellers = bundle('file tellers', { jobs: Jobs, outbox: Outbox, log: LOG });

/** What the files room does after the commit, by job name; the job runner takes it in. */
export const fileJobs = (fetch: FetchMedia, forget: ForgetFiles): JobHandlers => ({
  [FETCH_MEDIA]: ({ attachmentId }: { attachmentId: string }) => fetch.run(attachmentId),
  [FORGET_FILES]: ({ fileIds }: { fileIds: readonly string[] }) => forget.run(fileIds),
});

const providers = [
  storage,
  keeper,
  plain(Files),
  plain(Attachments),
  plain(FileLinks, Seal),
  plain(AttachmentView, Database),
  plain(IncomingFiles, FileKeeper, Files, Attachments, Jobs),
  plain(GivenFiles, Attachments),
  plain(StoredOutgoingFiles, Database, Files, FolderStorage, FileLinks, PublicUrl, CLOCK),
  plain(ForgetFiles, Database, Files, FolderStorage, Jobs),
  plain(TakeUpload, Database, FileKeeper, Files, Attachments),
  plain(FetchMedia, Database, OpenInboxes, parts, tellers, CLOCK),
  plain(InboundShelf, Database, Seal, FolderStorage, Files, IncomingFiles),
  bind(MessageFiles, IncomingFiles),
  bind(Shelf, InboundShelf),
  bind(UploadedFiles, GivenFiles),
  bind(OutgoingFiles, StoredOutgoingFiles),
];

/** Files: taken in, fetched, handed out. Conversations bring them along, deliveries take them out. */
@Global()
@Module({
  controllers: [AttachmentsController, SignedFilesController],
  providers: [parts.provider, tellers.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class FilesModule implements OnApplicationBootstrap {
  constructor(
    private readonly storage: FolderStorage,
    @Given(LOG) private readonly log: Log,
  ) {}

  /** What a hub that was killed left half written goes at the next start. */
  async onApplicationBootstrap(): Promise<void> {
    // The machine's time: it is compared with that of files.
    const swept = await this.storage.sweep(new Date());
    if (swept > 0) this.log.info({ swept }, 'half-written files of an earlier hub were removed');
  }
}
