import type { Queries } from '@claimline/database';
import { RecipientHours, type Recipient } from '@claimline/delivery';
import { RecipientQuietHours } from '@claimline/notifications';

/** Until when the one behind a conversation is not to be disturbed, by their own clock. */
export class RecipientHoursView extends RecipientHours {
  constructor(
    private readonly queries: Queries,
    private readonly hours: RecipientQuietHours,
  ) {
    super();
  }

  async quietUntil({ conversationId, purpose }: Recipient, now: Date): Promise<Date | null> {
    // What answers somebody who has just written disturbs nobody.
    if (purpose === 'reply' || purpose === 'automatic') return null;
    const [row] = await this.queries.query<{ contact_id: string; zone: string }>({
      name: 'recipient-zone',
      brief: true,
      text: `SELECT c.contact_id, coalesce(k.time_zone, b.time_zone) AS zone FROM conversations c JOIN contacts k ON k.id = c.contact_id JOIN brands b ON b.id = c.brand_id WHERE c.id = $1`,
      values: [conversationId],
    });
    return row ? ((await this.hours.until(this.queries, row.contact_id, row.zone, now)) ?? null) : null;
  }
}
