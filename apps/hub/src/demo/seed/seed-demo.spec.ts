import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Database, Seal } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { FileKeeper, FolderStorage, Thumbnails } from '@claimline/files';
import { Accounts, isPassword } from '@claimline/people';
import { guardDemo } from '../demo-guard';
import { DemoSecrets } from '../demo-secrets';
import { seedDemo } from './seed-demo';

const NOW = new Date('2026-11-22T08:00:00Z');

describe('the beginnings of a demo', () => {
  let close: () => Promise<void>;
  let database: Database;
  let secrets: DemoSecrets;
  let folder: string;
  const seal = new Seal(['a secret of thirty-two characters or more']);
  const deps = () => ({ database, seal, secrets, keeper: new FileKeeper(new FolderStorage(folder), [], new Thumbnails()) });

  beforeAll(async () => {
    const opened = await openTestDatabase();
    database = await Database.open({ url: opened.url });
    close = () => opened.close();
    folder = await mkdtemp(path.join(os.tmpdir(), 'claimline-demo-'));
    secrets = new DemoSecrets(seal);
    expect(await seedDemo(deps(), NOW)).toBe(true);
  });
  afterAll(async () => {
    await database.close();
    await close();
    await rm(folder, { recursive: true });
  });

  const one = async <Row extends object>(text: string, ...values: unknown[]): Promise<Row> =>
    (await database.query<Row>({ name: '', text, values }))[0]!;
  const count = async (what: string): Promise<number> => (await one<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`)).n;

  test('sixty customers, a hundred and twenty claims, a hundred and eighty conversations', async () => {
    expect(await count(`contacts WHERE kind <> 'shared'`)).toBe(60);
    expect(await count('claims')).toBe(120);
    expect(await count('conversations')).toBe(180);
    expect(await count('messages')).toBeGreaterThan(700);
    expect(await count('accounts')).toBe(14);
  });

  test('the last forty-five days, ending now', async () => {
    const { first, last } = await one<{ first: Date; last: Date }>(
      'SELECT min(occurred_at) AS first, max(occurred_at) AS last FROM messages',
    );
    expect((NOW.getTime() - first.getTime()) / 86_400_000).toBeGreaterThan(25);
    expect((NOW.getTime() - first.getTime()) / 86_400_000).toBeLessThanOrEqual(46);
    expect(last.getTime()).toBeLessThanOrEqual(NOW.getTime());
    expect(NOW.getTime() - last.getTime()).toBeLessThan(15 * 60_000);
  });

  test('both languages, every line of business that is sold, every stage', async () => {
    expect(await count(`conversations WHERE language = 'en'`)).toBeGreaterThan(20);
    expect(await count(`conversations WHERE language = 'zh-CN'`)).toBeGreaterThan(90);
    expect(await count('(SELECT DISTINCT line_of_business FROM claims) lines')).toBeGreaterThanOrEqual(6);
    expect(await count('(SELECT DISTINCT stage FROM claims) stages')).toBe(9);
  });

  test.each([
    ['a storm', `claims WHERE catastrophe = 'CAT-2026-TY21'`, 16],
    ['its event', `catastrophes WHERE tag = 'CAT-2026-TY21' AND state = 'open'`, 1],
    ['a lawyer who speaks for a party', 'claim_parties WHERE represented_by_id IS NOT NULL', 1],
    ['a message held back because of the lawyer', `deliveries WHERE reason = 'represented' AND state = 'suppressed'`, 1],
    ['a regulator in copy', `messages WHERE 'complaints@regulator.test' = ANY (cc_values)`, 1],
    ['a complaint to confirm, because of it', `complaints WHERE state = 'draft' AND regulator IS NOT NULL`, 1],
    ['a fax gateway', `contacts WHERE kind = 'gateway'`, 1],
    ['mail to be filed', 'conversations WHERE to_file', 2],
    ['a phone with two holders', `(SELECT address_id FROM contact_addresses GROUP BY address_id HAVING count(*) = 2) phones`, 1],
    [
      'a thread of which nobody knows who writes',
      `conversations c JOIN contacts k ON k.id = c.contact_id WHERE k.kind = 'shared' AND c.status = 'open'`,
      1,
    ],
    ['an adjuster on leave with a delegate', 'absences WHERE delegate_id IS NOT NULL', 1],
    ['a payment that failed', `claims WHERE stage = 'payment' AND sub_status = 'failed'`, 1],
    ['a restricted claim', `conversations WHERE restricted_to = 'litigation'`, 1],
    ['somebody who may be told at any hour', 'preferences WHERE any_hour', 1],
    ['somebody who shows quiet hours', 'preferences WHERE quiet_from IS NOT NULL', 1],
    ['an opt-out', `consents WHERE state = 'opted-out' AND purpose = 'service'`, 1],
    ['a dead number', `deliveries WHERE state = 'undeliverable'`, 1],
    ['a send whose fate is not known', `deliveries WHERE state = 'uncertain'`, 1],
    ['a voicemail', `calls WHERE outcome = 'voicemail'`, 1],
  ])('%s', async (_, what, expected) => expect(await count(what)).toBe(expected));

  test('threads are whole: numbered without gaps, counted, previewed, found by their words', async () => {
    expect(await count('(SELECT conversation_id FROM messages GROUP BY conversation_id HAVING max(seq) <> count(*)) gaps')).toBe(0);
    expect(await count('conversations c WHERE message_count <> (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)')).toBe(0);
    expect(await count('messages m WHERE NOT EXISTS (SELECT FROM message_words w WHERE w.message_id = m.id)')).toBe(0);
    expect(
      await count(
        `conversations c WHERE awaiting_reply AND (SELECT direction FROM messages m WHERE m.conversation_id = c.id AND kind <> 'note' ORDER BY occurred_at DESC, id DESC LIMIT 1) <> 'inbound'`,
      ),
    ).toBe(0);
    expect(await count(`messages WHERE kind = 'notice' AND notice_id IS NULL`)).toBe(0);
    expect(await count('notices n WHERE NOT EXISTS (SELECT FROM claim_events e WHERE e.id = n.claim_event_id)')).toBe(0);
  });

  test('clocks run for those who wait, work lies on desks within their capacity', async () => {
    expect(await count(`conversations WHERE awaiting_reply AND status = 'open' AND NOT to_file AND next_due_at IS NULL`)).toBe(0);
    expect(await count(`clocks WHERE state = 'running'`)).toBeGreaterThan(5);
    expect(await count(`clocks WHERE state = 'breached'`)).toBeGreaterThan(2);
    const { used } = await one<{ used: number }>(
      `SELECT used FROM adjusters JOIN accounts ON id = account_id WHERE email LIKE 'zhang.lei@%'`,
    );
    expect(used).toBeLessThanOrEqual(60);
    expect(await count('tasks')).toBeGreaterThanOrEqual(7);
    expect(await count(`(SELECT DISTINCT ring FROM routing_decisions WHERE ring IN ('claim-owner', 'delegate')) rings`)).toBe(2);
  });

  test('pictures have thumbnails, papers are papers', async () => {
    expect(await count(`files WHERE content_type = 'image/jpeg' AND thumbnail_key IS NOT NULL`)).toBe(8);
    expect(await count(`files WHERE content_type = 'application/pdf'`)).toBe(4);
    expect(await count(`attachments WHERE state <> 'stored'`)).toBe(0);
  });

  test('no phone of a real network, no mail of a real domain', async () => {
    expect(await count(`addresses WHERE scheme = 'tel' AND value !~ '^\\+(86100|1555)'`)).toBe(0);
    expect(await count(`addresses WHERE scheme = 'email' AND value !~ '\\.test$'`)).toBe(0);
  });

  test('people sign in with passwords made from the secret, and only while the hub is a demo', async () => {
    const email = 'zhang.lei@demo.claimline.test';
    const account = await new Accounts(true).findByEmail(database, email);
    expect(await isPassword(account?.password_hash, secrets.passwordOf(email))).toBe(true);
    expect(secrets.passwordOf(email)).not.toBe(new DemoSecrets(new Seal(['another secret of thirty-two characters'])).passwordOf(email));
    expect(await new Accounts(false).findByEmail(database, email)).toBeUndefined();
  });

  test('a second time changes nothing', async () => {
    expect(await seedDemo(deps(), new Date(NOW.getTime() + 1000))).toBe(false);
    expect(await count('claims')).toBe(120);
    expect((await guardDemo(database))?.seededAt).toBe(NOW.toISOString());
  });
});

describe('the guard of the demo', () => {
  test('lets it at a fresh database, and at no other that was not made as a demo', async () => {
    const opened = await openTestDatabase();
    const database = await Database.open({ url: opened.url });
    expect(await guardDemo(database)).toBeUndefined();
    await database.query({
      name: '',
      text: `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ('01935000-0000-7000-8000-0000000000b1', 'real', 'Real', 'en', 'UTC', now())`,
      values: [],
    });
    await expect(guardDemo(database)).rejects.toThrow('HUB_DEMO=false');
    await database.close();
    await opened.close();
  });
});
