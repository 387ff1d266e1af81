import { newId, type Queries, type Transaction } from '@claimline/database';

/** The parts that somebody may have in a claim because they speak for somebody else. */
export const COUNSEL_ROLES = ['attorney', 'lawyer', 'representative'] as const;
/** Our own counsel: whatever is said with them is privileged. */
export const DEFENCE_COUNSEL = 'defence-counsel';

/** A party of a claim that is not known to the claim core yet. */
export interface AddedParty {
  readonly claimId: string;
  readonly role: string;
  readonly name: string;
  readonly contactId: string;
  readonly language: string | null;
}

/** From when on somebody speaks for a party, and what proves it. */
export interface NewRepresentation {
  readonly claimId: string;
  readonly partyId: string;
  readonly counselId: string;
  readonly evidence: Readonly<Record<string, string>>;
  readonly since: Date;
  readonly by: string;
}

/** Who speaks for which party, since when, and on what evidence. The gate and the notices read the party's own row, which follows. */
export class Representations {
  /** What the claim core says of who speaks for whom, written down with its evidence. Answers whether anything changed. */
  async follow(tx: Transaction, claimId: string, claimEventId: string, at: Date): Promise<boolean> {
    const parties = await tx.query<{ party_id: string; counsel_id: string | null }>({
      name: 'representations-changed',
      text: `SELECT p.id AS party_id, p.represented_by_id AS counsel_id FROM claim_parties p LEFT JOIN representations r ON r.party_id = p.id AND r.ended_at IS NULL
             WHERE p.claim_id = $1 AND p.represented_by_id IS DISTINCT FROM r.counsel_id`,
      values: [claimId],
    });
    for (const { party_id: partyId, counsel_id: counselId } of parties) {
      await this.close(tx, partyId, { at, by: null });
      if (counselId) await this.open(tx, { claimId, partyId, counselId, evidence: { claimEvent: claimEventId }, since: at, by: null });
    }
    return parties.length > 0;
  }

  /** A person writes down that somebody speaks for a party; whoever did before no longer does. */
  async note(tx: Transaction, { by, ...told }: NewRepresentation, at: Date): Promise<void> {
    await this.close(tx, told.partyId, { at, by });
    await this.open(tx, { ...told, by });
    await this.speak(tx, told.partyId, told.counselId);
  }

  /** Nobody speaks for the party any more; false where nobody did. */
  async end(tx: Transaction, partyId: string, end: { readonly at: Date; readonly by: string }): Promise<boolean> {
    const ended = await this.close(tx, partyId, end);
    return (await this.speak(tx, partyId, null)) || ended;
  }

  /** The party that a contact is in a claim by one of these roles, or by its name; made where there is none. */
  async partyFor(tx: Transaction, party: AddedParty, roles: readonly string[], at: Date): Promise<string> {
    const [known] = await tx.query<{ id: string }>({
      name: 'representations-party',
      text: 'SELECT id FROM claim_parties WHERE claim_id = $1 AND contact_id = $2 AND role = ANY ($3) ORDER BY id LIMIT 1',
      values: [party.claimId, party.contactId, roles],
    });
    if (known) return known.id;
    const id = newId(at);
    // The claim core knows nothing of this party; the id by which it would name one says so.
    await tx.query({
      name: 'representations-party-add',
      text: 'INSERT INTO claim_parties (id, claim_id, external_id, role, name, contact_id, language) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      values: [id, party.claimId, `hub:${id}`, party.role, party.name, party.contactId, party.language],
    });
    return id;
  }

  /** The parties of a claim with whoever speaks for them now. */
  async party(
    queries: Queries,
    claimId: string,
    partyId: string,
  ): Promise<{ id: string; role: string; contactId: string | null } | undefined> {
    const [row] = await queries.query<{ id: string; role: string; contactId: string | null }>({
      name: 'representations-party-of',
      text: 'SELECT id, role, contact_id AS "contactId" FROM claim_parties WHERE claim_id = $1 AND id = $2',
      values: [claimId, partyId],
    });
    return row;
  }

  private async open(tx: Transaction, told: Omit<NewRepresentation, 'by'> & { readonly by: string | null }): Promise<void> {
    await tx.query({
      name: 'representation-open',
      text: 'INSERT INTO representations (id, claim_id, party_id, counsel_id, source, evidence, since, noted_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [
        newId(told.since),
        told.claimId,
        told.partyId,
        told.counselId,
        told.by ? 'person' : 'claim-core',
        JSON.stringify(told.evidence),
        told.since,
        told.by,
      ],
    });
  }

  private async close(tx: Transaction, partyId: string, end: { readonly at: Date; readonly by: string | null }): Promise<boolean> {
    const rows = await tx.query({
      name: 'representation-close',
      text: 'UPDATE representations SET ended_at = $2, ended_by = $3 WHERE party_id = $1 AND ended_at IS NULL RETURNING id',
      values: [partyId, end.at, end.by],
    });
    return rows.length > 0;
  }

  private async speak(tx: Transaction, partyId: string, counselId: string | null): Promise<boolean> {
    const rows = await tx.query({
      name: 'representation-speak',
      text: 'UPDATE claim_parties SET represented_by_id = $2 WHERE id = $1 AND represented_by_id IS DISTINCT FROM $2::uuid RETURNING id',
      values: [partyId, counselId],
    });
    return rows.length > 0;
  }
}
