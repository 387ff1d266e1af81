import path from 'node:path';
import { embeddedAddress } from '@claimline/database/testing';
import type { HubProcess } from '@claimline/test';
import { Pool, type QueryResultRow } from 'pg';

/** The hub's database, looked into past the hub: what was really kept. The caller closes it, before the hub. */
export class Books {
  private constructor(private readonly pool: Pool) {}

  /** Opens the embedded database of a hub, whose address and password lie in the files of its server. */
  static open({ folder }: HubProcess): Books {
    return new Books(new Pool({ connectionString: embeddedAddress(path.join(folder, 'data', 'postgres')), max: 2 }));
  }

  async rows<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
