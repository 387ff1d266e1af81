import { Readable } from 'node:stream';
import { Scans, type ScanRow } from '@claimline/conversations';
import { Outbox, type Clock, type Database, type Transaction } from '@claimline/database';
import { Attachments, FileKeeper, Files, joinPages, Pages, type KeptFile } from '@claimline/files';
import { Audit } from '@claimline/people';
import { uploaderOf } from '../files/uploader';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import { AttachmentView } from '../views/attachment.view';
import { PaperReader } from './paper-reader';

const SPLIT_LIMIT = 25 * 1024 * 1024;

interface Parts {
  readonly database: Database;
  readonly scans: Scans;
  readonly view: AttachmentView;
  readonly reader: PaperReader;
  readonly pages: Pages;
  readonly keeper: FileKeeper;
  readonly files: Files;
  readonly attachments: Attachments;
  readonly outbox: Outbox;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Two letters in one scan become two scans. The whole one stays in the file store as it came; the halves are new files of their own. */
export class SplitScans {
  constructor(private readonly parts: Parts) {}

  /** The pages from `from` on become a scan. Returns its id. @throws HubProblem `unsupported-type` for what is no TIFF, `invalid` for a page that it has not */
  async split(who: Principal, id: string, from: number): Promise<string> {
    const { database, scans, view, reader, clock } = this.parts;
    const scan = found(await scans.find(database, id));
    const file = found(await view.find(who, uploaderOf(who), scan.attachment_id));
    if (file.content_type !== 'image/tiff') throw new HubProblem('unsupported-type');
    const pages = scan.pages ?? 1;
    if (from > pages) throw new HubProblem('invalid', { pages }, [{ path: 'from', problem: 'there is no such page' }]);
    const content = found(await reader.bytes(file));
    const [stays, leaves] = [
      await this.cut(content, { first: 1, last: from - 1, name: file.name }),
      await this.cut(content, { first: from, last: pages, name: file.name }),
    ];
    const at = clock.now();
    return database.transaction(async (tx) => {
      const locked = found(await scans.lock(tx, id));
      if (locked.state !== 'waiting' || locked.attachment_id !== scan.attachment_id) throw new HubProblem('already-taken');
      return this.write(tx, who, { scan, stays, leaves, kept: from - 1, gone: pages - from + 1, at });
    });
  }

  private async cut(content: Buffer, { first, last, name }: { first: number; last: number; name: string }): Promise<KeptFile> {
    const tiff = await this.parts.pages.cut(content, first, last);
    const part = joinPages(name, first, last);
    return this.parts.keeper.keep(Readable.from([tiff]), { name: part, contentType: 'image/tiff' }, SPLIT_LIMIT);
  }

  private async write(
    tx: Transaction,
    who: Principal,
    { scan, stays, leaves, kept, gone, at }: { scan: ScanRow; stays: KeptFile; leaves: KeptFile; kept: number; gone: number; at: Date },
  ): Promise<string> {
    const { scans, outbox, audit } = this.parts;
    await scans.replace(tx, scan.id, { attachmentId: await this.attach(tx, who, stays, at), pages: kept, words: '' });
    const id = await scans.add(tx, {
      inboxId: scan.inbox_id,
      attachmentId: await this.attach(tx, who, leaves, at),
      name: leaves.name,
      pages: gone,
      words: '',
      sender: scan.sender,
      receivedOn: scan.received_on,
      splitFrom: scan.id,
      by: who.id,
      at,
    });
    const payloads = [scan.id, id].map((scanId) => ({ scanId, state: 'waiting' }));
    await outbox.append(
      tx,
      at,
      payloads.map((payload) => ({ type: 'scan.changed', conversationId: null, payload })),
    );
    const actor = { kind: who.kind, id: who.id };
    await audit.record(tx, { actor, action: 'scan.split', subject: 'paper', subjectId: scan.id, facts: { into: id }, at });
    return id;
  }

  private async attach(tx: Transaction, who: Principal, kept: KeptFile, at: Date): Promise<string> {
    const fileId = await this.parts.files.add(tx, kept, uploaderOf(who), at);
    const { name, contentType, size } = kept;
    const nowhere = { messageId: null, conversationId: null, place: 0, inboxId: null, media: null };
    return this.parts.attachments.add(tx, { ...nowhere, fileId, name, contentType, size, state: 'stored', at });
  }
}
