import type { Transaction } from '@claimline/database';

/** What the claim core had promised when the demo begins, and since when lawyers speak for the parties that have one. */
export async function writePromises(tx: Transaction, now: Date): Promise<void> {
  await tx.query({
    name: 'seed-promises',
    text: `INSERT INTO promises (id, key, step, source, claim_id, claim_number, contact_id, owner_id, due_at, created_at)
           SELECT gen_random_uuid(), 'seed:' || c.number, coalesce(c.next_step, c.stage), 'claim-core', c.id, c.number,
             (SELECT contact_id FROM claim_parties WHERE claim_id = c.id AND role = 'policyholder' LIMIT 1), c.handler_id,
             ((c.promised_by + 1)::timestamp AT TIME ZONE b.time_zone), c.updated_at
           FROM claims c JOIN brands b ON b.id = c.brand_id
           WHERE c.stage <> 'closed' AND ((c.promised_by + 1)::timestamp AT TIME ZONE b.time_zone) > $1`,
    values: [now],
  });
  await tx.query({
    name: 'seed-representations',
    text: `INSERT INTO representations (id, claim_id, party_id, counsel_id, source, since)
           SELECT gen_random_uuid(), p.claim_id, p.id, p.represented_by_id, 'claim-core', c.created_at
           FROM claim_parties p JOIN claims c ON c.id = p.claim_id WHERE p.represented_by_id IS NOT NULL`,
    values: [],
  });
}
