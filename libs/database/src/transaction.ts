import type { PoolClient } from 'pg';
import { fromHere, travel } from './trip';

/** One SQL statement. Named, so that PostgreSQL plans it once per connection; a name stands for exactly one text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** It reads nothing but configuration, and no clock: it may be answered from memory until configuration changes. Its rows are frozen. */
  readonly steady?: true;
  /**
   * It does nothing but read a few rows by their keys. Asked outside of a transaction, it shares its trip with others of its kind that are asked at the
   * same time, by whomever: so one that took long would hold them up.
   */
  readonly brief?: true;
  /**
   * Nobody looks at its answer, which is none: in a transaction it leaves with the next statement that is asked, or with the commit, in its order. Where
   * it fails, that one fails, and the transaction with it. Not for a statement whose failure somebody catches.
   */
  readonly unread?: true;
}

/** Whatever runs a statement: a transaction, or the database itself where one statement is the whole transaction. */
export interface Queries {
  query<Row extends object>(statement: Statement): Promise<Row[]>;
}

/** Everything written through it commits together or not at all. Opaque: no room but this one knows what is below. */
export interface Transaction extends Queries {
  /** What is written when all the rest is done, still within the transaction, and together with its commit: for what many steps add to and one statement writes. */
  beforeCommit(last: () => Statement): void;
  /** Runs once the transaction is on disk; not at all when it is rolled back. For wake-ups, never for work that must happen. */
  afterCommit(then: () => void): void;
}

interface Leaving {
  readonly statement: Statement;
  readonly answered?: (rows: object[]) => void;
  readonly refused?: (error: unknown) => void;
}

const BEGIN: Statement = { name: 'begin', text: 'BEGIN', values: [], unread: true };
const COMMITTED = (): Error => new Error('the transaction has been committed');
const COMMIT: Statement = { name: 'commit', text: 'COMMIT', values: [] };

/**
 * A transaction on one connection of the pool. It begins with its first statement and ends with its last: `BEGIN` and `COMMIT` cross to PostgreSQL
 * together with these, and so do statements that are asked at once. One that fails ends it, whatever its caller makes of that: nothing is asked any
 * more, and it does not commit.
 */
export class RunnerTransaction implements Transaction {
  private readonly lasts: (() => Statement)[] = [];
  private readonly thens: (() => void)[] = [];
  private leaving: Leaving[] = [{ statement: BEGIN }];
  private isUnderWay = false;
  private hasBegun = false;
  private isCommitting = false;
  private over: { readonly error: unknown } | undefined;

  constructor(private readonly client: PoolClient) {}

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    if (this.over) throw this.over.error;
    // What would cross behind the commit would be a transaction of its own.
    if (this.isCommitting) throw COMMITTED();
    if (!statement.unread || !statement.name) return (await this.ask(statement).catch(fromHere)) as Row[];
    this.leaving.push({ statement });
    return [];
  }

  beforeCommit(last: () => Statement): void {
    this.lasts.push(last);
  }

  afterCommit(then: () => void): void {
    this.thens.push(then);
  }

  /** What has asked nothing has nothing to commit. */
  async commit(): Promise<void> {
    if (this.over) throw this.over.error;
    for (const last of this.lasts) this.leaving.push({ statement: { ...last(), unread: true } });
    this.isCommitting = true;
    if (this.hasBegun || this.leaving.length > 1) await this.ask(COMMIT).catch(fromHere);
    this.end(COMMITTED());
  }

  async rollback(): Promise<void> {
    this.end(new Error('the transaction has been rolled back'));
    if (this.hasBegun) await this.client.query('ROLLBACK');
  }

  committed(): void {
    for (const then of this.thens) then();
  }

  // The connection is somebody else's soon: who has not waited for an answer asks there no more.
  private end(error: unknown): void {
    this.over ??= { error };
  }

  private ask(statement: Statement): Promise<object[]> {
    return new Promise((answered, refused) => {
      this.leaving.push({ statement, answered, refused });
      // Not at once: what is asked in the same moment goes along.
      if (!this.isUnderWay) queueMicrotask(() => void this.go());
    });
  }

  // A connection does one thing at a time: what is asked meanwhile is the next trip.
  private async go(): Promise<void> {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    while (this.leaving.some(({ answered }) => answered)) await this.trip(this.take());
    this.isUnderWay = false;
  }

  // A statement without a name may be several: it goes by itself.
  private take(): Leaving[] {
    const unnamed = this.leaving.findIndex(({ statement }) => !statement.name);
    return this.leaving.splice(0, unnamed === -1 ? this.leaving.length : Math.max(unnamed, 1));
  }

  private async trip(together: readonly Leaving[]): Promise<void> {
    try {
      if (this.over) throw this.over.error;
      this.hasBegun = true;
      const answers = await this.answersTo(together.map(({ statement }) => statement));
      together.forEach(({ answered }, n) => answered?.(answers[n]!));
    } catch (error) {
      this.end(error);
      for (const { refused } of together) refused?.(error);
    }
  }

  private async answersTo(statements: readonly Statement[]): Promise<object[][]> {
    const [first] = statements;
    if (first!.name) return travel(this.client, statements);
    return [(await this.client.query({ text: first!.text, values: [...first!.values] })).rows];
  }
}
