import { newId, type Queries, type Seal, type Transaction } from '@claimline/database';
import { lastFour, type PayeeDetails, type PayeeMethod } from './payee-choice';

/** A choice as people see it: never the account. */
export interface PayeeChoice {
  readonly id: string;
  readonly claimNumber: string;
  readonly contactId: string;
  readonly method: PayeeMethod;
  readonly last4: string | null;
  readonly chosenAt: Date;
  readonly acknowledgedAt: Date | null;
}

const COLUMNS = `id, claim_number AS "claimNumber", contact_id AS "contactId", method, last4, chosen_at AS "chosenAt", acknowledged_at AS "acknowledgedAt"`;

/** Where payees want their money. The details are sealed here, told to the claim core when it asks, and erased when it has said that it has them. */
export class PayeeChoices {
  constructor(private readonly seal: Seal) {}

  async add(
    tx: Transaction,
    choice: { readonly claimNumber: string; readonly contactId: string; readonly linkId: string; readonly details: PayeeDetails },
    at: Date,
  ): Promise<PayeeChoice> {
    const { keyId, sealed } = this.seal.seal(Buffer.from(JSON.stringify(choice.details), 'utf8'));
    const [row] = await tx.query<PayeeChoice>({
      name: 'payee-add',
      text: `INSERT INTO payee_choices (id, claim_number, contact_id, link_id, method, last4, key_id, sealed, chosen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
      values: [
        newId(at),
        choice.claimNumber,
        choice.contactId,
        choice.linkId,
        choice.details.method,
        lastFour(choice.details),
        keyId,
        sealed,
        at,
      ],
    });
    return row!;
  }

  async find(queries: Queries, claimNumber: string, id: string): Promise<PayeeChoice | undefined> {
    const [row] = await queries.query<PayeeChoice>({
      name: 'payee-find',
      text: `SELECT ${COLUMNS} FROM payee_choices WHERE id = $1 AND claim_number = $2`,
      values: [id, claimNumber],
    });
    return row;
  }

  /** The details, for the claim core alone; undefined once they are erased. */
  async open(tx: Transaction, id: string, at: Date): Promise<PayeeDetails | undefined> {
    const [row] = await tx.query<{ key_id: string; sealed: Buffer }>({
      name: 'payee-open',
      text: 'UPDATE payee_choices SET fetched_at = coalesce(fetched_at, $2) WHERE id = $1 AND sealed IS NOT NULL RETURNING key_id, sealed',
      values: [id, at],
    });
    return row && (JSON.parse(this.seal.open({ keyId: row.key_id, sealed: row.sealed }).toString('utf8')) as PayeeDetails);
  }

  /** The claim core has them: they are erased here. Saying so again changes nothing. */
  async acknowledge(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({
      name: 'payee-acknowledge',
      text: 'UPDATE payee_choices SET acknowledged_at = coalesce(acknowledged_at, $2), key_id = NULL, sealed = NULL WHERE id = $1',
      values: [id, at],
    });
  }
}
