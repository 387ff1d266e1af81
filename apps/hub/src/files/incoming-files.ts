import { Readable } from 'node:stream';
import { Jobs, type Transaction } from '@claimline/database';
import { Attachments, displayName, FileKeeper, Files, type KeptFile } from '@claimline/files';
import { addressKey, maskText, type InboundEvent, type InboundMessage, type MediaRef } from '@claimline/messages';
import { MessageFiles } from '../flows/receive-message';

/** What comes inside a message is already here, so it is kept whatever its size; the doors have limits of their own. */
const CONTENT_LIMIT = 64 * 1024 * 1024;

/** The name of the job that fetches a file from its vendor. */
export const FETCH_MEDIA = 'fetch-media';

/** Files of inbound messages: bytes that came along are stored before the message is, the others are fetched afterwards. */
export class IncomingFiles extends MessageFiles {
  // By the reference itself, and only as long as somebody holds it: the same message again is read anew.
  private readonly kept = new WeakMap<MediaRef, KeptFile>();

  constructor(
    private readonly keeper: FileKeeper,
    private readonly files: Files,
    private readonly attachments: Attachments,
    private readonly jobs: Jobs,
  ) {
    super();
  }

  /** Puts the bytes of messages on disk, outside of any transaction. Throws where that fails: then the provider must come again. */
  async prepare(events: readonly InboundEvent[]): Promise<void> {
    for (const event of events) {
      if (event.kind !== 'message') continue;
      for (const media of event.media) if (media.content) await this.keep(media, media.content);
    }
  }

  async attach(
    tx: Transaction,
    where: { messageId: string; conversationId: string; inboxId: string; at: Date },
    message: InboundMessage,
  ): Promise<void> {
    for (const [place, media] of message.media.entries()) {
      if (media.content) await this.attachContent(tx, where, place, media);
      else if (media.upload) await this.attachUpload(tx, where, { place, id: media.upload, uploader: addressKey(message.from) });
      else await this.attachPending(tx, where, place, media);
    }
  }

  private async attachContent(
    tx: Transaction,
    where: { messageId: string; conversationId: string; inboxId: string; at: Date },
    place: number,
    media: MediaRef,
  ): Promise<void> {
    const kept = await this.keep(media, media.content!);
    const fileId = await this.files.add(tx, kept, null, where.at);
    await this.attachments.add(tx, {
      ...where,
      place,
      fileId,
      media: null,
      name: kept.name,
      contentType: kept.contentType,
      size: kept.size,
      about: masked(media),
      state: kept.threat ? 'quarantined' : 'stored',
      problem: kept.threat,
    });
  }

  /** Makes what the sender handed in before part of the message. What is not theirs, or is elsewhere already, costs its place and not the message. */
  private async attachUpload(
    tx: Transaction,
    where: { messageId: string; conversationId: string; inboxId: string; at: Date },
    { place, id, uploader }: { place: number; id: string; uploader: string },
  ): Promise<void> {
    if (await this.attachments.giveOne(tx, id, uploader, { ...where, place })) return;
    const unknown = { name: displayName(undefined, 'application/octet-stream'), contentType: 'application/octet-stream', size: null };
    await this.attachments.add(tx, {
      ...where,
      ...unknown,
      place,
      fileId: null,
      media: null,
      state: 'failed',
      problem: 'no upload of the sender',
    });
  }

  private async attachPending(
    tx: Transaction,
    where: { messageId: string; conversationId: string; inboxId: string; at: Date },
    place: number,
    media: MediaRef,
  ): Promise<void> {
    const contentType = media.contentType?.split(';')[0]!.trim() || 'application/octet-stream';
    const attachmentId = await this.attachments.add(tx, {
      ...where,
      place,
      fileId: null,
      media: masked(media),
      name: displayName(media.name, contentType),
      contentType,
      size: media.size ?? null,
      about: masked(media),
      state: 'pending',
    });
    await this.jobs.add(tx, FETCH_MEDIA, { attachmentId });
  }

  private async keep(media: MediaRef, content: Uint8Array): Promise<KeptFile> {
    const known = this.kept.get(media);
    if (known) return known;
    const kept = await this.keeper.keep(Readable.from(slices(content), { objectMode: false }), media, CONTENT_LIMIT);
    this.kept.set(media, kept);
    return kept;
  }
}

// One piece of 20 MB would be copied whole by everybody on the way.
function* slices(content: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

// What was said in a recording may be an account number: it is masked like what is written.
const masked = (media: MediaRef): MediaRef => (media.transcript ? { ...media, transcript: maskText(media.transcript).text } : media);
