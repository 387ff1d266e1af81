import type { Queries, Transaction } from '@claimline/database';

// Whoever has said who they are goes on speaking for so long after their last word. Then the next message asks again: it may be somebody else's turn with the phone.
const SPEAKS_MS = 30 * 60_000;

/**
 * Who of several holders speaks from an address at the moment. While somebody does, messages from there are theirs; afterwards they are
 * nobody's again, and *Who is writing?* is asked.
 */
export class Speakers {
  /** Gives the word to a holder. Nothing happens for an address with one holder. */
  async letSpeak(tx: Transaction, addressId: string, contactId: string, at: Date): Promise<void> {
    const shared = await tx.query({
      name: 'speaker-let',
      text: `INSERT INTO address_speakers (address_id, shared_id, until)
             SELECT a.id, coalesce(s.shared_id, a.contact_id), $2 FROM addresses a JOIN contacts k ON k.id = a.contact_id LEFT JOIN address_speakers s ON s.address_id = a.id
             WHERE a.id = $1 AND (k.kind = 'shared' OR s.address_id IS NOT NULL)
             ON CONFLICT (address_id) DO UPDATE SET until = excluded.until RETURNING 1`,
      values: [addressId, new Date(at.getTime() + SPEAKS_MS)],
    });
    if (shared.length === 0) return;
    await tx.query({ name: 'speaker-point', text: 'UPDATE addresses SET contact_id = $2 WHERE id = $1', values: [addressId, contactId] });
  }

  /** They have said something more. Whose time was over has the word no longer, even where nobody has taken it yet. */
  async goOn(tx: Transaction, addressId: string, at: Date): Promise<void> {
    // Hardly any address has a speaker, and who writes makes the transaction forget what it knows.
    const [speaker] = await tx.query({
      name: 'speaker-of',
      text: 'SELECT until FROM address_speakers WHERE address_id = $1',
      values: [addressId],
    });
    if (!speaker) return;
    await tx.query({
      name: 'speaker-on',
      text: 'UPDATE address_speakers SET until = greatest(until, $2) WHERE address_id = $1 AND until > $3',
      values: [addressId, new Date(at.getTime() + SPEAKS_MS), at],
    });
  }

  /** Takes the word from those who have been silent. Returns how many. */
  async fallSilent(queries: Queries, now: Date): Promise<number> {
    const rows = await queries.query({
      name: 'speakers-silent',
      text: `WITH over AS (DELETE FROM address_speakers WHERE until <= $1 RETURNING address_id, shared_id)
             UPDATE addresses a SET contact_id = over.shared_id FROM over WHERE a.id = over.address_id RETURNING 1`,
      values: [now],
    });
    return rows.length;
  }
}
