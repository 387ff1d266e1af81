import { newId, type Queries, type Transaction } from '@claimline/database';

/** Rows that changed hands, so that it can be taken back: ids and codes alone. */
export interface Moved {
  /** By table: the ids of rows that belonged to the other contact. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly holdings: readonly {
    readonly addressId: string;
    readonly level: string;
    readonly verifiedAt: string | null;
    readonly since: string;
  }[];
  /** Addresses whose messages were the other's. */
  readonly addresses: readonly string[];
  /** Conversations that were closed because the two had one each about the same thing. */
  readonly closed: readonly string[];
  /** Of the one that stays, as they were. */
  readonly before: { readonly name: string; readonly language: string | null; readonly salutation: string | null };
}

/** A merge or a split as it stands in the history. */
export interface ContactChange {
  readonly id: string;
  readonly kind: 'merge' | 'split';
  readonly keptId: string;
  readonly otherId: string;
  readonly otherName: string;
  readonly actor: string | null;
  readonly at: Date;
  readonly undoneAt: Date | null;
}

interface Row extends ContactChange {
  readonly moved: Moved;
}

const SELECT = `SELECT ch.id, ch.kind, ch.kept_id AS "keptId", ch.other_id AS "otherId", k.name AS "otherName", a.name AS actor, ch.at, ch.undone_at AS "undoneAt", ch.moved
  FROM contact_changes ch JOIN contacts k ON k.id = ch.other_id LEFT JOIN accounts a ON a.id = ch.actor_id`;

/** The history of merges and splits: who did it, what changed hands, and whether it was taken back. */
export class ContactChanges {
  async note(
    tx: Transaction,
    change: { kind: 'merge' | 'split'; keptId: string; otherId: string; actorId: string; moved: Moved },
    at: Date,
  ): Promise<string> {
    const id = newId(at);
    await tx.query({
      name: 'contact-change-note',
      text: 'INSERT INTO contact_changes (id, kind, kept_id, other_id, actor_id, moved, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      values: [id, change.kind, change.keptId, change.otherId, change.actorId, JSON.stringify(change.moved), at],
    });
    return id;
  }

  /** Of one contact, newest first, whichever side it was on. */
  async of(queries: Queries, contactId: string): Promise<ContactChange[]> {
    return queries.query<ContactChange>({
      name: 'contact-changes-of',
      text: `${SELECT} WHERE ch.kept_id = $1 OR ch.other_id = $1 ORDER BY ch.at DESC, ch.id DESC LIMIT 50`,
      values: [contactId],
    });
  }

  /** One that has not been taken back, locked: of two who undo at once one does. */
  async lockDone(tx: Transaction, id: string): Promise<(ContactChange & { moved: Moved }) | undefined> {
    const [row] = await tx.query<Row>({
      name: 'contact-change-lock',
      text: `${SELECT} WHERE ch.id = $1 AND ch.undone_at IS NULL FOR UPDATE OF ch`,
      values: [id],
    });
    return row;
  }

  async undone(tx: Transaction, id: string, by: { readonly actorId: string; readonly at: Date }): Promise<void> {
    await tx.query({
      name: 'contact-change-undone',
      text: 'UPDATE contact_changes SET undone_at = $2, undone_by = $3 WHERE id = $1',
      values: [id, by.at, by.actorId],
    });
  }
}
