import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { postMail, postSms, until } from '@claimline/test';
import { sentences } from './audit';
import { fill } from './file-room';
import { Ground, type OpenLine } from './ground';
import { phoneOf } from './load';
import type { Scenario, Size } from './scenario';

const SIZES: Readonly<Record<Size, { readonly each: number }>> = { short: { each: 6 }, whole: { each: 200 } };
const HOUR_MS = 3_600_000;
const TWO_DAYS_MS = 48 * HOUR_MS;
// More than the hub does at once: whatever they do to their workers, others have to come past them.
const POISON_JOBS = 12;
const FILE_BYTES = 60_000;

/** A disk that is full, a clock that jumps, work and mail that nobody can read, and a password that expires. */
export const mishaps: Scenario = {
  name: 'full disk, jumping clock, poison job, poison mail, expired password',
  promise:
    'A message never suffers for its file, nothing waits behind what cannot be done, and after two days behind a wrong password nothing is skipped.',
  async run(size, say) {
    const ground = await Ground.open();
    try {
      const week = new Week(ground, SIZES[size].each);
      for (const [name, day] of week.days) {
        await day();
        say(`${name}: ${week.wrong.length === 0 ? 'as promised' : week.wrong.at(-1)}`);
      }
      return { counts: week.counts, wrong: week.wrong };
    } finally {
      await ground.close();
    }
  },
};

class Week {
  readonly counts: Record<string, number> = {};
  readonly wrong: string[] = [];
  private readonly mark = `mishap${randomBytes(3).toString('hex')}`;

  constructor(
    private readonly ground: Ground,
    private readonly each: number,
  ) {}

  readonly days: readonly (readonly [string, () => Promise<void>])[] = [
    ['full disk', () => this.fullDisk()],
    ['poison job', () => this.poisonJob()],
    ['jumping clock', () => this.jumpingClock()],
    ['poison mail, expired password', () => this.mailbox()],
  ];

  /** Texts arrive with their words at once and their picture when there is room; a mail that brings its file is put off, and comes again. */
  private async fullDisk(): Promise<void> {
    const { world } = this.ground;
    const room = fill(path.join(world.hub.folder, 'files'));
    const from = `writer@${this.mark}.test`;
    const mail = {
      from,
      to: world.mail.address,
      subject: 'Photos',
      text: `${this.mark} disk mail`,
      messageId: `<${randomUUID()}@${this.mark}.test>`,
      attachments: [{ filename: 'roof.bin', content: randomBytes(FILE_BYTES) }],
    };
    try {
      const texts = this.texts('disk text');
      for (const [n, text] of texts.entries()) await this.bring(phoneOf(30_000 + n), text, true);
      this.expect('texts that waited for room', await this.missing(texts));
      const code = await postMail(world.mail.smtp, mail).catch(({ responseCode }: { responseCode: number }) => String(responseCode));
      const wanted = room.isReal ? '452' : '451';
      if (code.slice(0, 3) !== wanted) this.wrong.push(`a mail that there was no room for was answered ${code}, not ${wanted}`);
      room.makeRoom();
      await postMail(world.mail.smtp, mail);
      this.expect('files that did not come when there was room', await this.unstored([...texts, mail.text]));
      this.counts['the disk was a real one'] = Number(room.isReal);
    } finally {
      room.close();
    }
  }

  private async poisonJob(): Promise<void> {
    for (let n = 0; n < POISON_JOBS; n++)
      await this.ground.rows(
        `SELECT graphile_worker.add_job('fetch-media', json_build_object('attachmentId', 'poison-' || $1::text), priority => -10)`,
        [n],
      );
    const texts = this.texts('behind poison');
    for (const [n, text] of texts.entries()) await this.bring(phoneOf(31_000 + n), text, true);
    this.expect('files behind work that cannot be done', await this.unstored(texts));
    const [row] = await this.ground.rows<{ kept: number }>(`SELECT count(*)::int AS kept FROM graphile_worker.jobs WHERE attempts > 0`);
    this.counts['poison jobs still tried'] = row!.kept;
  }

  /** An hour forward, an hour back behind the start, and home again; with a click just before each jump. */
  private async jumpingClock(): Promise<void> {
    const all: string[] = [];
    for (const [round, offset] of [HOUR_MS, -HOUR_MS, 0].entries()) {
      const texts = this.texts(`clock ${round}`);
      const [before, after] = [texts.slice(0, texts.length / 2), texts.slice(texts.length / 2)];
      const phone = phoneOf(32_000 + round);
      for (const text of before) await this.bring(phone, text);
      await this.answer(before[0]!, `${this.mark} before the jump ${round}`);
      await this.ground.shiftClock(offset);
      for (const text of after) await this.bring(phone, text);
      await this.answer(after[0]!, `${this.mark} after the jump ${round}`);
      all.push(...texts);
      for (const when of ['before', 'after'])
        await this.ground.vendors.waitFor(phone, ({ text }) => text === `${this.mark} ${when} the jump ${round}`);
    }
    this.expect('texts lost by a jump of the clock', await this.missing(all));
    this.counts['answers over jumps'] = 6;
  }

  /** Poison before good mail, then a password that is wrong for two days, and the mail of those days. */
  private async mailbox(): Promise<void> {
    const line = await this.ground.openLine('email', `mailbox@${this.mark}.test`, 'imap');
    await this.write(line, 'first');
    this.expect('first mail of the mailbox', await this.missing([`${this.mark} first`]));
    for (const raw of poison())
      await this.ground.vendors.act({ inbox: line.id }, { do: 'message', from: 'nobody@poison.test', raw: raw.toString('base64') });
    const good = this.texts('behind poison mail');
    for (const text of good) await this.write(line, text.slice(this.mark.length + 1));
    this.expect('mails behind poison', await this.missing(good));
    await this.expired(line);
    const hidden = await this.ground.rows<{ id: string }>(
      `SELECT id FROM inbound_raw r WHERE inbox_id = $1 AND NOT EXISTS (SELECT FROM inbound_keys k WHERE k.raw_id = r.id AND k.message_id IS NOT NULL)
         AND NOT EXISTS (SELECT FROM needs_look n WHERE n.raw_id = r.id AND n.state = 'open')`,
      [line.id],
    );
    this.expect(
      'mails that are neither a message nor before a person',
      hidden.map(({ id }) => id),
    );
    const [journal] = await this.ground.rows<{ count: number }>('SELECT count(*)::int AS count FROM inbound_raw WHERE inbox_id = $1', [
      line.id,
    ]);
    this.counts['mails kept as they came'] = journal!.count;
    const brought = 1 + poison().length + 2 * this.each;
    if (journal!.count !== brought) this.wrong.push(`${brought} mails were brought and ${journal!.count} are in the journal`);
  }

  private async expired(line: OpenLine): Promise<void> {
    await this.ground.vendors.misbehave('email', { how: 'unauthorized' });
    const administrator = await this.ground.world.signIn('administrator');
    await until('somebody to be asked for the password', async () => this.isAsked(line));
    const meanwhile = this.texts('behind a wrong password');
    for (const text of meanwhile.slice(0, this.each / 2)) await this.write(line, text.slice(this.mark.length + 1));
    await this.ground.shiftClock(TWO_DAYS_MS);
    for (const text of meanwhile.slice(this.each / 2)) await this.write(line, text.slice(this.mark.length + 1));
    await this.ground.vendors.misbehave('email', null);
    await administrator.call('PATCH', `/api/inboxes/${line.id}`, { state: 'active' });
    this.expect('mails of the days with a wrong password', await this.missing(meanwhile));
  }

  private async isAsked({ id }: OpenLine): Promise<boolean> {
    const rows = await this.ground.rows(
      `SELECT 1 FROM tasks t JOIN inboxes i ON i.id = $1 WHERE i.state = 'stopped' AND t.kind = 'inbox-stopped' AND t.state = 'open' AND t.params::text LIKE '%' || $1 || '%'`,
      [id],
    );
    return rows.length > 0;
  }

  private texts(what: string): string[] {
    return Array.from({ length: this.each }, (_, n) => `${this.mark} ${what} ${n}`);
  }

  private async bring(from: string, text: string, withPicture = false): Promise<void> {
    if (!withPicture) {
      const { status } = await postSms(this.ground.sms, { from, text });
      if (status !== 200) this.wrong.push(`${text} was answered ${status}`);
      return;
    }
    const media = [{ name: 'car.bin', contentType: 'image/jpeg', base64: randomBytes(FILE_BYTES).toString('base64') }];
    const { status } = await this.ground.vendors.act({ inbox: this.ground.sms.id }, { do: 'message', from, text, media });
    if (status !== 200) this.wrong.push(`${text} was answered ${status}`);
  }

  private async write(line: OpenLine, words: string): Promise<void> {
    await this.ground.vendors.act(
      { inbox: line.id },
      { do: 'message', from: `writer@${this.mark}.test`, subject: 'My claim', text: `${this.mark} ${words}` },
    );
  }

  private async answer(text: string, words: string): Promise<void> {
    const [row] = await this.ground.rows<{ id: string }>('SELECT conversation_id AS id FROM messages WHERE text = $1', [text]);
    const desk = await this.ground.supervisor();
    const { status } = await desk.reply(row!.id, words, { channel: 'twilio-sms' });
    if (status !== 201) this.wrong.push(`an answer was answered ${status}`);
  }

  /** Those that are not there exactly once, after they had time to come. */
  private async missing(texts: readonly string[]): Promise<string[]> {
    const times = async (): Promise<Map<string, number>> => {
      const rows = await this.ground.rows<{ text: string; count: number }>(
        `SELECT btrim(text, E' \\r\\n') AS text, count(*)::int AS count FROM messages WHERE direction = 'inbound' AND btrim(text, E' \\r\\n') = ANY($1) GROUP BY 1`,
        [texts],
      );
      return new Map(rows.map(({ text, count }) => [text, count]));
    };
    await until('texts to be there', async () => (await times()).size === texts.length, 45).catch(() => undefined);
    const there = await times();
    return texts.filter((text) => there.get(text) !== 1);
  }

  /** Those whose file is not stored, after it had time to be fetched. */
  private async unstored(texts: readonly string[]): Promise<string[]> {
    const left = async (): Promise<string[]> => {
      const rows = await this.ground.rows<{ text: string }>(
        `SELECT btrim(m.text, E' \\r\\n') AS text FROM messages m JOIN attachments a ON a.message_id = m.id WHERE a.state = 'stored' AND m.text LIKE $1`,
        [`${this.mark} %`],
      );
      const stored = new Set(rows.map(({ text }) => text));
      return texts.filter((text) => !stored.has(text));
    };
    await until('files to be stored', async () => (await left()).length === 0, 60).catch(() => undefined);
    return left();
  }

  private expect(what: string, found: readonly string[]): void {
    this.counts[`${what}`] = found.length;
    this.wrong.push(...sentences([[what, found]]));
  }
}

/** What has stopped mail readers: noise, a mail that promises parts and has none, bytes that are no characters, and nothing at all. */
const poison = (): Buffer[] => [
  randomBytes(50_000),
  Buffer.from('Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'),
  Buffer.concat([
    Buffer.from('From: \u0000<>\r\nSubject: =?gb2312?B?////?=\r\nContent-Type: text/plain; charset=no-such\r\n\r\n'),
    Buffer.alloc(2_000),
  ]),
  Buffer.from('\r\n'),
];
