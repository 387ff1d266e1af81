import type { Transaction } from '@claimline/database';
import { HEALTHY, type Circuit } from './circuit';

interface Row {
  readonly failures: number;
  readonly open_until: Date | null;
  readonly probing: boolean;
  readonly tokens: number | null;
  readonly tokens_at: Date | null;
}

const SELECT = 'SELECT failures, open_until, probing, tokens, tokens_at FROM inbox_circuits WHERE inbox_id = $1';

function toCircuit(row: Row | undefined): Circuit {
  if (!row) return HEALTHY;
  const { failures, open_until: openUntil, probing, tokens, tokens_at: tokensAt } = row;
  return { failures, openUntil, probing, tokens, tokensAt };
}

/** How each line behaves and how much may leave by it: one row per inbox, so that all replicas share one limit. */
export class Circuits {
  /** The circuit, locked until the transaction ends. A line that never failed and has no rate has no row, and nothing to lock. */
  async lock(tx: Transaction, inboxId: string): Promise<Circuit> {
    const [row] = await tx.query<Row>({ name: 'circuit-lock', text: `${SELECT} FOR UPDATE`, values: [inboxId] });
    return toCircuit(row);
  }

  /** The circuit as it stands, for whoever will most likely change nothing. */
  async read(tx: Transaction, inboxId: string): Promise<Circuit> {
    const [row] = await tx.query<Row>({ name: 'circuit-read', text: SELECT, values: [inboxId] });
    return toCircuit(row);
  }

  /** Locks it for sure: makes the row where it is missing. */
  async lockFirm(tx: Transaction, inboxId: string): Promise<Circuit> {
    await tx.query({
      name: 'circuit-make',
      text: 'INSERT INTO inbox_circuits (inbox_id) VALUES ($1) ON CONFLICT DO NOTHING',
      values: [inboxId],
    });
    return this.lock(tx, inboxId);
  }

  async save(tx: Transaction, inboxId: string, circuit: Circuit): Promise<void> {
    await tx.query({
      name: 'circuit-save',
      text: `INSERT INTO inbox_circuits (inbox_id, failures, open_until, probing, tokens, tokens_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (inbox_id) DO UPDATE SET failures = excluded.failures, open_until = excluded.open_until, probing = excluded.probing, tokens = excluded.tokens, tokens_at = excluded.tokens_at`,
      values: [inboxId, circuit.failures, circuit.openUntil, circuit.probing, circuit.tokens, circuit.tokensAt],
    });
  }
}
