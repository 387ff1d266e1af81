import type { PoolClient } from 'pg';

/** One SQL statement. Named, so that PostgreSQL plans it once per connection; a name stands for exactly one text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** It reads nothing but configuration, and no clock: it may be answered from memory until configuration changes. Its rows are frozen. */
  readonly steady?: true;
}

/** Whatever runs a statement: a transaction, or the database itself where one statement is the whole transaction. */
export interface Queries {
  query<Row extends object>(statement: Statement): Promise<Row[]>;
}

/** Everything written through it commits together or not at all. Opaque: no room but this one knows what is below. */
export interface Transaction extends Queries {
  /** Runs when all the rest is done, still within the transaction: for what many steps add to and one statement writes. */
  beforeCommit(last: () => Promise<void>): void;
  /** Runs once the transaction is on disk; not at all when it is rolled back. For wake-ups, never for work that must happen. */
  afterCommit(then: () => void): void;
}

/** A transaction on one connection of the pool. */
export class RunnerTransaction implements Transaction {
  private readonly lasts: (() => Promise<void>)[] = [];
  private readonly thens: (() => void)[] = [];
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly client: PoolClient) {}

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    const { name, text, values } = statement;
    // A connection does one thing at a time, also for a caller who asks several at once.
    const asked = this.last.then(() => this.client.query<Row>({ name, text, values: [...values] }));
    this.last = asked.catch(() => undefined);
    return (await asked).rows;
  }

  beforeCommit(last: () => Promise<void>): void {
    this.lasts.push(last);
  }

  async finish(): Promise<void> {
    for (const last of this.lasts) await last();
  }

  afterCommit(then: () => void): void {
    this.thens.push(then);
  }

  committed(): void {
    for (const then of this.thens) then();
  }
}
