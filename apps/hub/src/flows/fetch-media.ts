import { Conversations } from '@claimline/conversations';
import { Database, Jobs, Outbox, type Clock, type Transaction } from '@claimline/database';
import { Attachments, FileKeeper, Files, TooLarge, type AttachmentRow, type KeptFile, type Settled } from '@claimline/files';
import { ChannelError, type Log } from '@claimline/messages';
import { FETCH_MEDIA } from '../files/incoming-files';
import { OpenInboxes } from '../inbound/open-inboxes';
import { AttachmentView } from '../views/attachment.view';

// The largest that any vendor hands out is 100 MB (WhatsApp documents); anything beyond is no customer's file.
const MOST_BYTES = 100 * 1024 * 1024;
const FIRST_PAUSE_MS = 5_000;
const LAST_PAUSE_MS = 15 * 60_000;
// Vendors keep files for days (WeChat: three); after a day of trying somebody must ask the customer again.
const GIVE_UP_MS = 24 * 3_600_000;
const SLOWEST_MS = 10 * 60_000;

/** How long after the nth miss it is tried again: 5, 10, 20 … seconds, at most a quarter of an hour. */
export const pauseAfter = (misses: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (misses - 1), LAST_PAUSE_MS);

// What failed for good says why in a word that the console knows, then in the vendor's own.
type Outcome = { readonly kept: KeptFile } | { readonly failed: string } | { readonly later: string; readonly afterMs?: number };

/** Fetches a customer's file from its vendor, for hours if need be. The message was shown long ago; this only fills in its file. */
export class FetchMedia {
  constructor(
    private readonly database: Database,
    private readonly inboxes: OpenInboxes,
    private readonly files: {
      readonly keeper: FileKeeper;
      readonly rows: Files;
      readonly attachments: Attachments;
      readonly view: AttachmentView;
      readonly conversations: Conversations;
    },
    private readonly told: { readonly jobs: Jobs; readonly outbox: Outbox; readonly log: Log },
    private readonly clock: Clock,
  ) {}

  /** One try; puts itself in line again when the vendor does not have it now. */
  async run(attachmentId: string): Promise<void> {
    const row = await this.files.attachments.find(this.database, attachmentId);
    if (row?.state !== 'pending' || !row.media) return;
    const outcome = await this.fetch(row);
    await this.database.transaction(async (tx) => {
      if ('kept' in outcome) await this.settle(tx, row, await this.stored(tx, outcome.kept, row));
      else if ('failed' in outcome) await this.settle(tx, row, { state: 'failed', problem: outcome.failed });
      else await this.later(tx, row, outcome);
    });
  }

  private async fetch(row: AttachmentRow): Promise<Outcome> {
    const inbox = row.inbox_id ? await this.inboxes.find(row.inbox_id) : undefined;
    if (!inbox) return { failed: 'gone: its inbox is no longer there' };
    if (!inbox.channel.fetchMedia) return { failed: 'refused: this channel cannot fetch files' };
    try {
      const media = await inbox.channel.fetchMedia(row.media!);
      media.stream.on('error', () => undefined); // told to whoever reads it; before that nobody listens
      const slow = setTimeout(() => media.stream.destroy(new Error('the file comes too slowly')), SLOWEST_MS);
      try {
        if ((media.size ?? 0) > MOST_BYTES) throw new TooLarge(MOST_BYTES);
        return {
          kept: await this.files.keeper.keep(
            media.stream,
            { name: row.media!.name ?? media.name, contentType: media.contentType ?? row.media!.contentType },
            MOST_BYTES,
          ),
        };
      } finally {
        clearTimeout(slow);
        media.stream.destroy();
      }
    } catch (error) {
      return outcomeOf(error);
    }
  }

  private async stored(tx: Transaction, kept: KeptFile, row: AttachmentRow): Promise<Settled> {
    const id = await this.files.rows.add(tx, kept, null, this.clock.now());
    const { name, threat, size, contentType } = kept;
    return {
      state: threat ? 'quarantined' : 'stored',
      file: { id, size, contentType },
      name: row.media!.name ? undefined : name,
      problem: threat ?? undefined,
    };
  }

  private async later(tx: Transaction, row: AttachmentRow, outcome: { later: string; afterMs?: number }): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - row.created_at.getTime() > GIVE_UP_MS)
      return this.settle(tx, row, { state: 'failed', problem: `gone: ${outcome.later}` });
    const misses = await this.files.attachments.missed(tx, row.id, outcome.later);
    const pause = Math.min(Math.max(pauseAfter(misses), outcome.afterMs ?? 0), LAST_PAUSE_MS);
    // The machine's time: the demo's clock moves domain time only, and a vendor lives in the real one.
    await this.told.jobs.add(tx, FETCH_MEDIA, { attachmentId: row.id }, { runAt: new Date(Date.now() + pause) });
  }

  // The conversation's row is locked first: its events have an order.
  private async settle(tx: Transaction, row: AttachmentRow, settled: Settled): Promise<void> {
    const conversationId = await this.files.view.conversationOf(tx, row.id);
    if (conversationId) await this.files.conversations.lock(tx, conversationId);
    if (!(await this.files.attachments.lockPending(tx, row.id))) return;
    await this.files.attachments.settle(tx, row.id, settled);
    if (settled.state === 'failed')
      this.told.log.warn(
        { attachmentId: row.id, inboxId: row.inbox_id, problem: settled.problem },
        'a file of a customer could not be fetched',
      );
    await this.told.outbox.append(tx, this.clock.now(), [
      {
        type: 'attachment.changed',
        conversationId: conversationId ?? null,
        payload: { messageId: row.message_id!, attachmentId: row.id, state: settled.state },
      },
    ]);
  }
}

// "Rejected" is for good: not the vendor's address, or a file the vendor will never give. Everything else may pass, also a wrong password.
function outcomeOf(error: unknown): Outcome {
  if (error instanceof TooLarge) return { failed: 'too-large' };
  if (error instanceof ChannelError && error.fate === 'rejected') return { failed: `refused: ${error.message}` };
  const afterMs = error instanceof ChannelError ? error.retryAfter : undefined;
  return { later: error instanceof Error ? error.message : 'it did not come', afterMs };
}
