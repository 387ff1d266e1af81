import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { exportDatabase, importDatabase } from '.';
import { Database } from '../database';
import { MonthlyTable } from '../retention/months';
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from '../testing';
import { listSequences, listTables, qualified } from './catalog';
import { copyIn } from './copy-in';
import { copyOut } from './copy-out';

const AWKWARD = ['back\\slash', '\\.', '\n\\.\n', 'tab\there', 'line\r\nfeed', '\\N', '', '张伟 😀', '"quoted", \'too\''];
const MANY = 5_000;

let folder: string;
let source: TestDatabase;
let archive: string;
const opened: TestDatabase[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'transfer-'));
  archive = path.join(folder, 'archive.gz');
  source = await openTestDatabase();
  await makeMonths(source.url);
  await withClient(source.url, fill);
  await exportDatabase(source.url, archive);
});

afterAll(async () => {
  for (const database of [source, ...opened]) await database.close();
  rmSync(folder, { recursive: true });
});

async function withClient<T>(url: string, step: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await step(client);
  } finally {
    await client.end();
  }
}

/** The journal's months, as a running hub makes them. */
async function makeMonths(url: string): Promise<void> {
  const database = await Database.open({ url });
  await new MonthlyTable(database, 'inbound_raw', 'received_at').makeAhead(new Date('2026-11-15Z'));
  await database.close();
}

/** Contacts with awkward names and their addresses, megabytes of raw bytes in two pieces of a partitioned table, a used sequence, a job. */
async function fill(client: Client): Promise<void> {
  const at = '2026-11-22T10:00:00.123456Z';
  for (const name of AWKWARD) {
    const contact = `INSERT INTO contacts (id, kind, name, words, labels, created_at) VALUES ($1, 'person', $2, to_tsvector('simple', $2), ARRAY[$2], $3)`;
    const id = randomUUID();
    await client.query(contact, [id, name, at]);
    await client.query('INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      randomUUID(),
      'tel',
      '',
      id,
      id,
      at,
    ]);
  }
  for (const receivedAt of ['2026-10-01Z', '2026-11-15Z']) {
    const raw = 'INSERT INTO inbound_raw (id, door, key_id, sealed, received_at) VALUES ($1, $2, $3, $4, $5)';
    await client.query(raw, [randomUUID(), 'webhook', 'k1', randomBytes(1_000_000), receivedAt]);
  }
  await client.query(
    `INSERT INTO contacts (id, kind, name, created_at) SELECT gen_random_uuid(), 'organisation', n || repeat(md5(n::text), 60), now() FROM generate_series(1, ${MANY}) n`,
  );
  await client.query("INSERT INTO outbox (id, type, payload, at) SELECT gen_random_uuid(), 'x.y', '{}', now() FROM generate_series(1, 5)");
  await client.query("SELECT graphile_worker.add_job('media')");
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await openEmptyDatabase();
  opened.push(database);
  return database;
}

/** A fingerprint of the rows of every table, whatever their order on disk. */
async function fingerprints(url: string): Promise<Record<string, string>> {
  return await withClient(url, async (client) => {
    await client.query("SET timezone = 'UTC'");
    const prints: Record<string, string> = {};
    for (const table of await listTables(client)) {
      const { rows } = await client.query(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS print FROM ${qualified(table)} t`,
      );
      prints[table.name] = rows[0].print;
    }
    return prints;
  });
}

const one = async (url: string, text: string) => Object.values((await withClient(url, (client) => client.query(text))).rows[0] ?? {})[0];

describe('export and import', () => {
  it('carry every row of every table, awkward ones and large ones', async () => {
    const target = await emptyDatabase();
    const totals = await importDatabase(target.url, archive);
    const before = await fingerprints(source.url);
    expect(await fingerprints(target.url)).toEqual(before);
    expect(before.contacts).toMatch(new RegExp(`^${MANY + AWKWARD.length} `));
    expect(totals).toEqual({ tables: Object.keys(before).length, rows: MANY + 2 * AWKWARD.length + 2 + 5 });
  });

  it('make the pieces of partitioned tables again', async () => {
    const target = await emptyDatabase();
    await importDatabase(target.url, archive);
    expect(await one(target.url, 'SELECT count(*)::int FROM inbound_raw_2026_11')).toBe(1);
    expect(await one(target.url, 'SELECT count(*)::int FROM inbound_raw_rest')).toBe(1);
  });

  it('take the pieces that are there, where a hub has already made them', async () => {
    const target = await openTestDatabase();
    opened.push(target);
    await makeMonths(target.url);
    await importDatabase(target.url, archive);
    expect(await one(target.url, 'SELECT count(*)::int FROM inbound_raw_2026_11')).toBe(1);
    expect(await one(target.url, 'SELECT count(*)::int FROM inbound_raw')).toBe(2);
  });

  it('let sequences go on where they stood', async () => {
    const target = await emptyDatabase();
    await importDatabase(target.url, archive);
    expect(await withClient(target.url, listSequences)).toEqual(await withClient(source.url, listSequences));
    await withClient(target.url, (client) =>
      client.query("INSERT INTO outbox (id, type, payload, at) VALUES (gen_random_uuid(), 'x.y', '{}', now())"),
    );
    expect(await one(target.url, 'SELECT max(n)::int FROM outbox')).toBe(6);
  });

  it('work into a database where one is no superuser, by the order of foreign keys', async () => {
    const target = await emptyDatabase();
    const role = `plain_${randomUUID().slice(0, 8)}`;
    const url = new URL(target.url);
    const name = url.pathname.slice(1);
    await withClient(target.url, (client) =>
      client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'plain'; ALTER DATABASE ${name} OWNER TO ${role}`),
    );
    Object.assign(url, { username: role, password: 'plain' });
    await importDatabase(url.href, archive);
    expect(await fingerprints(target.url)).toEqual(await fingerprints(source.url));
    await target.close();
    await withClient(source.url, (client) => client.query(`DROP ROLE ${role}`));
  });

  it('say how many waiting jobs stay behind, and write to a stream as well', async () => {
    const stream = new PassThrough();
    const [summary, bytes] = await Promise.all([exportDatabase(source.url, stream), buffer(stream)]);
    expect(summary).toMatchObject({ jobsLeftBehind: 1 });
    expect(gunzipSync(bytes).equals(gunzipSync(readFileSync(archive)))).toBe(true);
  });

  it('write a file for its owner only and leave nothing half written', async () => {
    const file = path.join(folder, 'private.gz');
    await exportDatabase(source.url, file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(exportDatabase((await emptyDatabase()).url, path.join(folder, 'none.gz'))).rejects.toThrow(/holds no Claimline/);
    expect(readdirSync(folder).sort()).toEqual(['archive.gz', 'private.gz']);
  });
});

describe('an import is refused', () => {
  /** Writes an archive with a change in its text. */
  function changed(from: string | RegExp, to: string): string {
    const text = gunzipSync(readFileSync(archive)).toString('latin1').replace(from, to);
    const file = path.join(folder, `changed-${randomUUID()}.gz`);
    writeFileSync(file, gzipSync(Buffer.from(text, 'latin1')));
    return file;
  }

  async function expectUntouched(url: string): Promise<void> {
    expect(await withClient(url, listTables)).toEqual([]);
  }

  it('when the target has rows', async () => {
    const target = await openTestDatabase();
    opened.push(target);
    await withClient(target.url, (client) =>
      client.query("INSERT INTO contacts (id, kind, name, created_at) VALUES (gen_random_uuid(), 'person', 'x', now())"),
    );
    await expect(importDatabase(target.url, archive)).rejects.toThrow(
      'The target is not empty: there are rows in contacts. Import needs a new, empty database.',
    );
    expect(await one(target.url, 'SELECT count(*)::int FROM contacts')).toBe(1);
  });

  it('when the schema is another one', async () => {
    const target = await emptyDatabase();
    const older = changed(/"migrations":\["[^"]+",/, '"migrations":[');
    await expect(importDatabase(target.url, older)).rejects.toThrow(/import with the version that exported/);
    await expectUntouched(target.url);
  });

  it('when the file is cut short, damaged or something else', async () => {
    const target = await emptyDatabase();
    const cut = path.join(folder, 'cut.gz');
    const whole = readFileSync(archive);
    writeFileSync(cut, whole.subarray(0, whole.length - 2_000));
    await expect(importDatabase(target.url, cut)).rejects.toThrow(/cannot be read to its end/);
    await expect(importDatabase(target.url, changed(/end \{.*\}\n$/, ''))).rejects.toThrow(/cut short/);
    await expect(importDatabase(target.url, changed(/^claimline-archive 1/, 'claimline-archive 9'))).rejects.toThrow(
      /is not a Claimline archive/,
    );
    await expect(importDatabase(target.url, __filename)).rejects.toThrow(/cannot be read to its end/);
    await expect(importDatabase(target.url, path.join(folder, 'missing.gz'))).rejects.toThrow(/ENOENT/);
    await expectUntouched(target.url);
  });

  it('as a whole when one row is wrong or missing', async () => {
    const target = await emptyDatabase();
    await expect(importDatabase(target.url, changed(/\torganisation\t/, '\tnonsense\t'))).rejects.toThrow(/violates check constraint/);
    await expect(importDatabase(target.url, changed(/"rows":/, '"rows":1'))).rejects.toThrow(/promises .* rows/);
    expect(await one(target.url, 'SELECT count(*)::int FROM contacts')).toBe(0);
    await importDatabase(target.url, archive);
    expect(await fingerprints(target.url)).toEqual(await fingerprints(source.url));
  });
});

describe('COPY through the driver', () => {
  it('holds the server back while the reader is slow, and leaves the connection usable when the reader gives up', async () => {
    await withClient(source.url, async (client) => {
      const rows = copyOut(client, "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT");
      for await (const chunk of rows) {
        await new Promise((done) => setTimeout(done, 200));
        expect((chunk as Buffer).length).toBeLessThan(300_000);
        expect(rows.readableLength).toBeLessThan(2_000_000); // of a hundred million
        break;
      }
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });

  it('raises the error of either side and leaves the connection usable', async () => {
    await withClient(source.url, async (client) => {
      await client.query('CREATE TEMP TABLE numbers (n int)');
      async function* failing(): AsyncGenerator<Buffer> {
        yield Buffer.from('1\n');
        throw new Error('the disk is gone');
      }
      await expect(copyIn(client, 'COPY numbers FROM STDIN', failing())).rejects.toThrow('the disk is gone');
      async function* nonsense(): AsyncGenerator<Buffer> {
        yield Buffer.from('word\n');
        for (let n = 0; n < 200; n++) yield Buffer.alloc(100_000, '1\n');
      }
      await expect(copyIn(client, 'COPY numbers FROM STDIN', nonsense())).rejects.toThrow(/invalid input syntax/);
      const failed = copyOut(client, 'COPY (SELECT 1 / (n - 3) FROM generate_series(1, 5) n) TO STDOUT');
      await expect(buffer(failed)).rejects.toThrow(/division by zero/);
      expect((await client.query('SELECT count(*)::int AS count FROM numbers')).rows).toEqual([{ count: 0 }]);
    });
  });
});
