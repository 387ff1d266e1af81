import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { MIGRATIONS } from './migrations';
import { RememberingTransaction } from './remembering';
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

// Without a listener a connection that PostgreSQL ends ends the process too. The very first connections are made before anybody could put one on the pool.
class SturdyClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** The one way to PostgreSQL: statements of their own, or several in a transaction. */
export class Database implements Queries {
  private constructor(
    private readonly source: DataSource,
    private readonly pool: Pool,
  ) {}

  /** Connects; throws what the driver says when nobody answers. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      entities: [...(options.entities ?? [])] as never[],
      migrations: MIGRATIONS,
      migrationsTableName: 'schema_migrations',
      poolSize: options.poolSize ?? 20,
      applicationName: options.applicationName ?? 'claimline',
      extra: { keepAlive: true, connectionTimeoutMillis: 5000, Client: SturdyClient },
    });
    await source.initialize();
    const pool = (source.driver as PostgresDriver).master as Pool;
    // A connection that dies while idle is replaced. The job runner asks for the second listener by name; its clients have one each already.
    pool.on('error', () => undefined);
    pool.on('connect', () => undefined);
    return new Database(source, pool);
  }

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    const result = await this.pool.query<Row>({ name: statement.name, text: statement.text, values: [...statement.values] });
    return result.rows;
  }

  /** Runs `work` in one transaction, again when PostgreSQL chose it as the victim of a deadlock. `work` must not touch the outside world. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt === TRIES || !RUN_AGAIN.has((error as { code?: string }).code ?? '')) throw error;
      }
    }
  }

  private async once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const tx = new RunnerTransaction(runner, client);
      const remembering = new RememberingTransaction(tx);
      await runner.startTransaction();
      try {
        const result = await work(remembering);
        await runner.commitTransaction();
        tx.committed();
        return result;
      } catch (error) {
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
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
    await this.source.destroy();
  }
}
