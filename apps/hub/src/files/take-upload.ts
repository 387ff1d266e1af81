import '@fastify/multipart';
import type { Database } from '@claimline/database';
import { Attachments, FileKeeper, Files, TooLarge, type KeptFile } from '@claimline/files';
import type { UploadedAttachment } from '@claimline/protocol';
import type { FastifyRequest } from 'fastify';
import { HubProblem } from '../http/problem';

/** What an upload may hold: as much as most mail servers take. */
export const UPLOAD_LIMIT = 25 * 1024 * 1024;

/** Takes the one file of a multipart request. It belongs to nobody but its uploader until it is sent with a message. */
export class TakeUpload {
  constructor(
    private readonly database: Database,
    private readonly keeper: FileKeeper,
    private readonly files: Files,
    private readonly attachments: Attachments,
  ) {}

  /** @throws HubProblem `unsupported-type`, `too-large`, or `invalid` for no file, an empty one, or one that a scanner refuses */
  async take(request: FastifyRequest, uploader: string, at: Date, limit = UPLOAD_LIMIT): Promise<UploadedAttachment> {
    const kept = await this.keep(request, limit);
    if (kept.size === 0) throw new HubProblem('invalid', {}, [{ path: 'file', problem: 'the file is empty' }]);
    if (kept.threat)
      throw new HubProblem('invalid', { threat: kept.threat }, [
        { path: 'file', problem: 'the file carries something that may not be sent on' },
      ]);
    return this.database.transaction(async (tx) => {
      const fileId = await this.files.add(tx, kept, uploader, at);
      const { name, contentType, size } = kept;
      const id = await this.attachments.add(tx, {
        messageId: null,
        conversationId: null,
        place: 0,
        fileId,
        inboxId: null,
        media: null,
        name,
        contentType,
        size,
        state: 'stored',
        at,
      });
      return { id, name, contentType, size };
    });
  }

  private async keep(request: FastifyRequest, limit: number): Promise<KeptFile> {
    if (!request.isMultipart()) throw new HubProblem('unsupported-type');
    const part = await request.file();
    if (!part || part.fieldname !== 'file') {
      part?.file.resume();
      throw new HubProblem('invalid', {}, [{ path: 'file', problem: 'send one part named "file"' }]);
    }
    try {
      const kept = await this.keeper.keep(part.file, { name: part.filename, contentType: part.mimetype }, limit);
      if (part.file.truncated) throw new TooLarge(limit);
      return kept;
    } catch (error) {
      part.file.resume();
      throw part.file.truncated || error instanceof TooLarge ? new HubProblem('too-large', { limit }) : error;
    }
  }
}
