import type { Queries } from '@claimline/database';
import { ConsentCheck, type Recipient } from '@claimline/delivery';
import { ConsentLedger } from '@claimline/notifications';

/** The mark of a message that only confirms an opt-out or opt-in: its client id begins with this. */
export const CONFIRMATION = 'consent:';

/** Asks the ledger for the gate. The one confirmation of an opt-out is let through: it is what the law asks for (47 CFR 64.1200(a)(12)). */
export class ConsentCheckView extends ConsentCheck {
  constructor(
    private readonly queries: Queries,
    private readonly ledger: ConsentLedger,
  ) {
    super();
  }

  async stateOf({ addressId, messageId, channel, purpose }: Recipient): Promise<'granted' | 'opted-out' | 'unknown'> {
    if (!addressId) return 'unknown';
    const { state } = await this.ledger.check(this.queries, {
      addressId,
      channel,
      purpose: purpose === 'broadcast' ? 'informational' : 'service',
    });
    return state === 'opted-out' && purpose === 'automatic' && messageId && (await this.isConfirmation(messageId)) ? 'granted' : state;
  }

  private async isConfirmation(messageId: string): Promise<boolean> {
    const rows = await this.queries.query({
      name: 'consent-confirmation',
      text: 'SELECT 1 FROM messages WHERE id = $1 AND starts_with(client_id, $2)',
      values: [messageId, CONFIRMATION],
    });
    return rows.length > 0;
  }
}
