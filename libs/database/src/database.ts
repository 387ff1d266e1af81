import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { BriefQuestions } from './brief-questions';
import { MIGRATIONS } from './migrations';
import { isConfiguring, isHarmless, RememberingTransaction } from './remembering';
import { SteadyAnswers } from './steady-answers';
import { Turns } from './turns';
import { fromHere, isOfPostgres, spoils, travel } from './trip';
import { RunnerTransaction, type Queries, type Statement, type Transaction } from './transaction';

export interface DatabaseOptions {
  readonly url: string;
  readonly entities?: readonly EntityTarget<ObjectLiteral>[];
  /** Connections at most. Twenty serve a two-core machine; more only queue inside PostgreSQL. */
  readonly poolSize?: number;
  /** Shown in `pg_stat_activity`, so that an operator sees whose connection hangs. */
  readonly applicationName?: string;
}

// Deadlock and serialization failure: the other side has won and the same work succeeds when it is run again.
const RUN_AGAIN = new Set(['40P01', '40001']);
const TRIES = 4;

const CONNECTIONS = 20;
// A transaction may have to ask for something beside itself, on a second connection. If all connections were held by transactions that wait for
// another one, none would go on: so they never get all of them. More at once would not be faster either: two cores do not run twenty.
const FOR_TRANSACTIONS = 0.6;
const PATIENCE_MS = 5_000;

// Without a listener a connection that PostgreSQL ends ends the process too. The very first connections are made before anybody could put one on the pool.
class SturdyClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** The one way to PostgreSQL: statements of their own, or several in a transaction. */
export class Database implements Queries {
  /** What configuration answered; remembers from when it follows the news. */
  readonly steady = new SteadyAnswers();
  private readonly briefly = new BriefQuestions(
    (statements) => this.travel(statements),
    async (statement) => (await this.travel([statement]))[0]!,
  );
  private readonly lent = new Set<PoolClient>();

  private constructor(
    private readonly source: DataSource,
    private readonly pool: Pool,
    private readonly turns: Turns,
  ) {}

  /** Connects; throws what the driver says when nobody answers. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const poolSize = options.poolSize ?? CONNECTIONS;
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      entities: [...(options.entities ?? [])] as never[],
      migrations: MIGRATIONS,
      migrationsTableName: 'schema_migrations',
      poolSize,
      applicationName: options.applicationName ?? 'claimline',
      extra: { keepAlive: true, connectionTimeoutMillis: PATIENCE_MS, Client: SturdyClient },
    });
    await source.initialize();
    const pool = (source.driver as PostgresDriver).master as Pool;
    // A connection that dies while idle is replaced. The job runner asks for the second listener by name; its clients have one each already.
    pool.on('error', () => undefined);
    pool.on('connect', () => undefined);
    return new Database(source, pool, new Turns(Math.max(1, Math.floor(poolSize * FOR_TRANSACTIONS)), PATIENCE_MS));
  }

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    if (statement.steady) return this.steady.answer(statement, () => this.ask<Row>(statement));
    const rows = await this.ask<Row>(statement);
    if (isConfiguring(statement)) this.steady.forget();
    return rows;
  }

  private async ask<Row extends object>(statement: Statement): Promise<Row[]> {
    if (!statement.name) return (await this.pool.query<Row>({ text: statement.text, values: [...statement.values] })).rows;
    if (statement.brief && !isHarmless(statement))
      throw new Error(`the statement ${statement.name} cannot be brief: it does more than read`);
    if (statement.brief) return (await this.briefly.ask(statement).catch(fromHere)) as Row[];
    const [rows] = await this.travel([statement]).catch(fromHere);
    return rows as Row[];
  }

  private async travel(statements: readonly Statement[]): Promise<object[][]> {
    const client = await this.pool.connect();
    let isSpoilt = false;
    try {
      return await travel(client, statements);
    } catch (error) {
      isSpoilt = spoils(error) || !isOfPostgres(error);
      throw error;
    } finally {
      client.release(isSpoilt);
    }
  }

  /** Runs `work` in one transaction, again when PostgreSQL chose it as the victim of a deadlock. `work` must not touch the outside world. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.turns.use(() => this.once(work));
      } catch (error) {
        if (attempt === TRIES || !RUN_AGAIN.has((error as { code?: string }).code ?? '')) throw error;
      }
    }
  }

  private async once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    this.lent.add(client);
    const tx = new RunnerTransaction(client);
    try {
      const remembering = new RememberingTransaction(tx, this.steady);
      const result = await work(remembering);
      await tx.commit();
      if (remembering.hasConfigured) this.steady.forget();
      tx.committed();
      return result;
    } catch (error) {
      // A connection that cannot even roll back is of no use to anybody.
      await tx.rollback().catch(() => this.takeBack(client, true));
      this.takeBack(client, spoils(error));
      throw error;
    } finally {
      this.takeBack(client, false);
    }
  }

  private takeBack(client: PoolClient, isBroken: boolean): void {
    if (this.lent.delete(client)) client.release(isBroken);
  }

  /** For libraries that want the driver's pool (jobs, the socket adapter). */
  get driverPool(): Pool {
    return this.pool;
  }

  /** The columns TypeORM believes in, for the drift check. */
  get dataSource(): DataSource {
    return this.source;
  }

  async close(): Promise<void> {
    // Whoever is still at work loses its connection: the pool would wait for it.
    for (const client of this.lent) this.takeBack(client, true);
    await this.source.destroy();
  }
}
