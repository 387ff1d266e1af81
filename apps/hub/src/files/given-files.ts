import type { Transaction } from '@claimline/database';
import { Attachments } from '@claimline/files';
import { UploadedFiles } from '../flows/send-reply';
import { HubProblem } from '../http/problem';
import { uploaderOf } from './uploader';

/** Gives what somebody uploaded to the message they send. Only their own, and each file once. */
export class GivenFiles extends UploadedFiles {
  constructor(private readonly attachments: Attachments) {
    super();
  }

  /** @throws HubProblem `invalid` when a file is not theirs, is already sent, or is none */
  async give(
    tx: Transaction,
    files: { ids: readonly string[]; messageId: string; conversationId: string; by: string | null; at: Date },
  ): Promise<void> {
    if (files.ids.length === 0) return;
    const uploader = files.by === null ? 'hub' : uploaderOf({ kind: 'account', id: files.by });
    const given = await this.attachments.give(tx, files.ids, uploader, files);
    if (!given) throw new HubProblem('invalid', {}, [{ path: 'attachments', problem: 'not a file of yours that is still to be sent' }]);
  }
}
