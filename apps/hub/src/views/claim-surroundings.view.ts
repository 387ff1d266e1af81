import { ClaimSurroundings, type StageCodes } from '@claimline/claims';
import type { Transaction } from '@claimline/database';

/** What a claim event refers to: accounts, brands, and how the claim core spells its stages (the setting `claims.stage-codes`). */
export class ClaimSurroundingsView extends ClaimSurroundings {
  async accountsOf(tx: Transaction, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (externalIds.length === 0) return new Map();
    const rows = await tx.query<{ id: string; external_id: string }>({
      name: 'claim-accounts',
      text: 'SELECT id, external_id FROM accounts WHERE external_id = ANY ($1) AND active',
      values: [externalIds],
    });
    return new Map(rows.map((row) => [row.external_id, row.id]));
  }

  async brandOf(tx: Transaction, key: string | undefined): Promise<string> {
    const [row] = await tx.query<{ id: string }>({
      name: 'claim-brand',
      text: 'SELECT id FROM brands ORDER BY (key = $1) DESC NULLS LAST, created_at, id LIMIT 1',
      values: [key ?? null],
      steady: true,
    });
    if (!row) throw new Error('there is no brand: the first-run command makes one');
    return row.id;
  }

  async stageCodes(tx: Transaction): Promise<StageCodes> {
    const [row] = await tx.query<{ value: StageCodes }>({
      name: 'claim-stage-codes',
      text: `SELECT value FROM settings WHERE key = 'claims.stage-codes' ORDER BY version DESC LIMIT 1`,
      values: [],
      steady: true,
    });
    return row?.value ?? {};
  }
}
