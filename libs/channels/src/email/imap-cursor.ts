import type { ChannelState } from '@claimline/messages';
import { z } from 'zod';

const stored = z.object({
  uidValidity: z.string(),
  lastUid: z.number().int().min(0),
  /** ISO 8601: when the last mail arrived at the server. The net under a mailbox that numbers its mails anew. */
  lastArrival: z.string().optional(),
  /** Mails that the hub could not store although others went through: asked for again at every start and every few minutes. */
  parked: z.array(z.number().int()).default([]),
});

/** How far a folder has been read. UIDs only mean something together with their UIDVALIDITY (RFC 9051 §2.3.1.1). */
export type ImapCursor = z.output<typeof stored>;

const KEY = 'imap-cursor';

/** The durable cursor of one folder, changed by compare-and-set: a reader that was replaced cannot move it any more. */
export class CursorKeeper {
  private version = 0;

  constructor(private readonly state: ChannelState) {}

  /** The cursor as stored; undefined at the very first start. */
  async read(): Promise<ImapCursor | undefined> {
    const found = await this.state.get(KEY);
    this.version = found?.version ?? 0;
    const cursor = stored.safeParse(found?.value);
    return cursor.success ? cursor.data : undefined;
  }

  /** Rejects where somebody else has moved the cursor since it was read. */
  async write(cursor: ImapCursor): Promise<void> {
    if (!(await this.state.set(KEY, cursor, this.version))) throw new Error('another replica reads this mailbox now');
    this.version += 1;
  }
}
