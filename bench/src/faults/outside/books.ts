import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HubProcess } from '@claimline/test';
import { Pool, type QueryResultRow } from 'pg';

/** The hub's database, looked into past the hub: what was really kept. The caller closes it, before the hub. */
export class Books {
  private constructor(private readonly pool: Pool) {}

  /** Opens the embedded database of a hub, whose address and password lie in the files of its server. */
  static open({ folder }: HubProcess): Books {
    const cluster = path.join(folder, 'data', 'postgres');
    // Its lines: process, data folder, start, port (https://www.postgresql.org/docs/current/storage-file-layout.html).
    const port = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]!.trim();
    const password = readFileSync(`${cluster}.password`, 'utf8').trim();
    return new Books(new Pool({ connectionString: `postgres://claimline:${password}@127.0.0.1:${port}/claimline`, max: 2 }));
  }

  async rows<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
