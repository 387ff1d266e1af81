import type { Client } from 'pg';
import { idOf } from './chance';

/** An inbox of the hub, as rows name it. */
export interface Line {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
}

/** What stands in the hub before anybody writes: ids that the rows of the data set name. */
export interface Surroundings {
  readonly brandId: string;
  readonly teamIds: readonly string[];
  /** Who handles claims and is not away now. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly lines: readonly Line[];
}

/** Takes the brand, teams, adjusters and lines that are there; a bare database gets the few that are needed. */
export async function readSurroundings(client: Client, at: Date): Promise<Surroundings> {
  const brandId = (await first<{ id: string }>(client, 'SELECT id FROM brands ORDER BY id LIMIT 1'))?.id ?? (await makeGround(client, at));
  const teams = await client.query<{ id: string }>('SELECT id FROM teams ORDER BY id');
  const lines = await client.query<Line>(
    `SELECT id, kind, address FROM inboxes WHERE state = 'active' AND kind IN ('twilio-sms', 'email') ORDER BY id`,
  );
  const accounts = await client.query<{ id: string; name: string }>(
    `SELECT a.id, a.name FROM accounts a WHERE a.active AND a.role IN ('adjuster', 'supervisor')
       AND NOT EXISTS (SELECT FROM absences s WHERE s.account_id = a.id AND s.canceled_at IS NULL AND s.ends_at > $1) ORDER BY a.id`,
    [at],
  );
  if (lines.rows.length === 0 || accounts.rows.length === 0) throw new Error('the hub has a brand but neither lines nor adjusters');
  return { brandId, teamIds: teams.rows.map(({ id }) => id), accounts: accounts.rows, lines: lines.rows };
}

async function first<Row extends object>(client: Client, text: string): Promise<Row | undefined> {
  return (await client.query<Row>(text)).rows[0];
}

async function makeGround(client: Client, at: Date): Promise<string> {
  const id = (row: number): string => idOf('ground', at.getTime(), row);
  await client.query(
    `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'ground', 'Ground', 'en', 'UTC', $2)`,
    [id(0), at],
  );
  await client.query(`INSERT INTO teams (id, brand_id, name) VALUES ($1, $2, 'Motor')`, [id(1), id(0)]);
  await client.query(
    `INSERT INTO accounts (id, email, name, password_hash, role, created_at)
     SELECT x.id, 'adjuster' || x.n || '@ground.example.test', 'Adjuster ' || x.n, '', CASE WHEN x.n = 1 THEN 'supervisor' ELSE 'adjuster' END, $2
     FROM unnest($1::uuid[]) WITH ORDINALITY AS x(id, n)`,
    [Array.from({ length: 12 }, (_, n) => id(10 + n)), at],
  );
  await client.query(
    `INSERT INTO inboxes (id, kind, name, address, region, brand_id, config, secrets_key_id, secrets_sealed, created_at)
     SELECT x.id, x.kind, x.kind, x.kind || '@ground.example.test', 'US', $3, '{}', 'none', '', $4 FROM unnest($1::uuid[], $2::text[]) AS x(id, kind)`,
    [[id(30), id(31)], ['twilio-sms', 'email'], id(0), at],
  );
  return id(0);
}
