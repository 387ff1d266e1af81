import type { EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import type { Statement, Transaction } from './transaction';

/** The tables a statement reads and writes. */
interface Touched {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Tables whose triggers write other tables: after a write to one of these nothing is remembered. A spec compares it with the catalogue. */
export const TABLES_WITH_TRIGGERS: ReadonlySet<string> = new Set(['claims', 'claim_parties']);

const touched = new Map<string, Touched>();

/**
 * A transaction that answers a question it has answered before from memory, until it writes something that could change the answer.
 * Flows are made of steps that know nothing of each other, and each looks at the same message and the same locked conversation: asked once is
 * enough. What others commit meanwhile is seen by the next transaction. Statements without a table (functions with effects) always go through.
 */
export class RememberingTransaction implements Transaction {
  private readonly answers = new Map<string, { readonly reads: readonly string[]; readonly rows: Promise<object[]> }>();
  private isBlind = false;

  constructor(private readonly tx: Transaction) {}

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    const { reads, writes } = tablesOf(statement);
    if (writes.length > 0) this.forget(writes);
    if (this.isBlind || writes.length > 0 || reads.length === 0) return this.tx.query<Row>(statement);
    const question = `${statement.name} ${JSON.stringify(statement.values)}`;
    const known = this.answers.get(question);
    if (known) return [...((await known.rows) as Row[])];
    const rows = this.tx.query<Row>(statement);
    this.answers.set(question, { reads, rows });
    return [...(await rows)];
  }

  /** Whoever takes a repository writes past us: from then on nothing is remembered. */
  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    this.isBlind = true;
    return this.tx.repository(entity);
  }

  afterCommit(then: () => void): void {
    this.tx.afterCommit(then);
  }

  private forget(written: readonly string[]): void {
    const all = written.some((table) => TABLES_WITH_TRIGGERS.has(table));
    for (const [question, { reads }] of this.answers) {
      if (all || reads.some((table) => written.includes(table))) this.answers.delete(question);
    }
  }
}

// By the statement's own words, once per text: what stands after FROM and JOIN is read, what stands after the verbs is written. A word too many
// (`IS DISTINCT FROM x`) only makes us forget more.
function tablesOf({ text }: Statement): Touched {
  const known = touched.get(text);
  if (known) return known;
  const named = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, table]) => table!.toLowerCase());
  const is = {
    reads: named(/\b(?:FROM|JOIN)\s+(?:ONLY\s+)?([a-z_]+)/gi),
    writes: named(/(?<!FOR\s)(?<!DO\s)(?<!KEY\s)\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+([a-z_]+)/gi),
  };
  touched.set(text, is);
  return is;
}
