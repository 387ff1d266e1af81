import { randomInt } from 'node:crypto';
import { newId, type Queries, type Seal, type Transaction } from '@claimline/database';

const MINUTE_MS = 60_000;
const CODE_LIVES_MS = 10 * MINUTE_MS;
const LOCK_MS = 30 * MINUTE_MS;
const MOST_TRIES = 5;
// Three codes in a quarter of an hour, ten in a day: somebody who has lost a text asks again, somebody who guesses does not get far (1 in 20,000 a day).
const MOST_SOON = { codes: 3, within: 15 * MINUTE_MS };
const MOST_DAILY = { codes: 10, within: 24 * 60 * MINUTE_MS };

/** Whose code it is: one person at one address, for one thing. */
export interface StepUpWho {
  readonly contactId: string;
  readonly addressId: string;
  /** A link's purpose, `portal`, or whatever else asks. A code for one opens no other. */
  readonly purpose: string;
}

/** A new code, or from when one may be asked for again. */
export type StepUpRequest =
  { readonly state: 'made'; readonly code: string; readonly expiresAt: Date } | { readonly state: 'wait'; readonly until: Date };

/** What came of a code that somebody typed. */
export type StepUpCheck = 'ok' | 'wrong' | 'expired' | 'locked';

interface CodeRow {
  readonly id: string;
  readonly mac: string;
  readonly tries: number;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

/** Six digits to an address of somebody's, to know that it is them. Tries are counted in the row, so that many guesses at once are many guesses. */
export class StepUp {
  constructor(private readonly seal: Seal) {}

  /** A fresh code; the one before it no longer counts. The caller sends it: to that address and nowhere else. */
  async request(tx: Transaction, who: StepUpWho, at: Date): Promise<StepUpRequest> {
    // Two requests at once meet at the address, so that both count.
    await tx.query({ name: 'step-up-meet', text: 'SELECT 1 FROM addresses WHERE id = $1 FOR UPDATE', values: [who.addressId] });
    const until = await this.waitUntil(tx, who, at);
    if (until) return { state: 'wait', until };
    const id = newId(at);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const expiresAt = new Date(at.getTime() + CODE_LIVES_MS);
    await tx.query({
      name: 'step-up-make',
      text: `WITH before AS (
               UPDATE step_up_codes SET expires_at = $6 WHERE contact_id = $2 AND address_id = $3 AND purpose = $4 AND used_at IS NULL AND expires_at > $6
             )
             INSERT INTO step_up_codes (id, contact_id, address_id, purpose, mac, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [id, who.contactId, who.addressId, who.purpose, this.seal.sign(told(id, code)), at, expiresAt],
    });
    return { state: 'made', code, expiresAt };
  }

  /**
   * Judges a code. A right one counts once and makes the address a verified one of that person. Never call it in a transaction that is
   * rolled back on a wrong answer: the try would not count.
   */
  async check(tx: Transaction, given: StepUpWho & { readonly code: string }, at: Date): Promise<StepUpCheck> {
    if (await this.isLocked(tx, given, at)) return 'locked';
    const row = await this.count(tx, given);
    if (row && !row.used_at && row.tries > MOST_TRIES) return 'locked';
    if (!row || row.used_at || row.expires_at <= at) return 'expired';
    if (!this.seal.isSignedBy(told(row.id, given.code), row.mac)) return this.wrong(tx, row, at);
    await tx.query({ name: 'step-up-use', text: 'UPDATE step_up_codes SET used_at = $2 WHERE id = $1', values: [row.id, at] });
    await this.verify(tx, given, at);
    return 'ok';
  }

  // The newest code is the one that counts. The update locks the row, so that the tries of many at once are counted one after the other.
  private async count(tx: Transaction, who: StepUpWho): Promise<CodeRow | undefined> {
    const [row] = await tx.query<CodeRow>({
      name: 'step-up-count',
      text: `UPDATE step_up_codes SET tries = tries + 1 WHERE id = (
               SELECT id FROM step_up_codes WHERE contact_id = $1 AND address_id = $2 AND purpose = $3 ORDER BY created_at DESC, id DESC LIMIT 1)
             RETURNING id, mac, tries, expires_at, used_at`,
      values: [who.contactId, who.addressId, who.purpose],
    });
    return row;
  }

  private async wrong(tx: Transaction, row: CodeRow, at: Date): Promise<StepUpCheck> {
    if (row.tries < MOST_TRIES) return 'wrong';
    await tx.query({
      name: 'step-up-lock',
      text: 'UPDATE step_up_codes SET locked_at = coalesce(locked_at, $2), expires_at = least(expires_at, $2) WHERE id = $1',
      values: [row.id, at],
    });
    return 'locked';
  }

  private async isLocked(queries: Queries, who: StepUpWho, at: Date): Promise<boolean> {
    const rows = await queries.query({
      name: 'step-up-locked',
      text: 'SELECT 1 FROM step_up_codes WHERE contact_id = $1 AND address_id = $2 AND locked_at > $3 LIMIT 1',
      values: [who.contactId, who.addressId, new Date(at.getTime() - LOCK_MS)],
    });
    return rows.length > 0;
  }

  // Whatever the code was for: a lock and the limits belong to the person at the address.
  private async waitUntil(tx: Transaction, who: StepUpWho, at: Date): Promise<Date | undefined> {
    const rows = await tx.query<{ created_at: Date; locked_at: Date | null }>({
      name: 'step-up-recent',
      text: `SELECT created_at, locked_at FROM step_up_codes WHERE contact_id = $1 AND address_id = $2 AND created_at > $3 ORDER BY created_at DESC`,
      values: [who.contactId, who.addressId, new Date(at.getTime() - MOST_DAILY.within)],
    });
    const ends = rows.flatMap(({ locked_at: locked }) => (locked ? [locked.getTime() + LOCK_MS] : []));
    for (const limit of [MOST_SOON, MOST_DAILY]) {
      const blocking = rows[limit.codes - 1];
      if (blocking) ends.push(blocking.created_at.getTime() + limit.within);
    }
    const last = Math.max(0, ...ends);
    return last > at.getTime() ? new Date(last) : undefined;
  }

  private async verify(tx: Transaction, who: StepUpWho, at: Date): Promise<void> {
    await tx.query({
      name: 'step-up-verify',
      text: `UPDATE contact_addresses SET level = 'verified', verified_at = $3 WHERE contact_id = $1 AND address_id = $2`,
      values: [who.contactId, who.addressId, at],
    });
  }
}

const told = (id: string, code: string): string => `step-up:${id}:${code}`;
