import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postSms, until } from '@claimline/test';
import type { Attachment, Message } from '@claimline/protocol';
import { Desk } from './outside/desk';
import type { FileAnswer, VendorLine } from './outside/vendor';
import type { Scenario, Size } from './scenario';

const MB = 1024 * 1024;
const HUGE = 200 * MB;
// What the hub takes of one file, and what may still be on its way when it hangs up.
const MOST = 100 * MB;
const ON_THE_WAY = 16 * MB;

/** `late`: for how long the vendor says that a file is not there, in milliseconds; `slow`: how long it takes over one. */
const SIZES: Readonly<Record<Size, { readonly late: number; readonly slow: number }>> = {
  short: { late: 4_000, slow: 18_000 },
  whole: { late: 5 * 60_000, slow: 120_000 },
};

// One blue point.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwAEAwH/AWN0cQAAAABJRU5ErkJggg==', 'base64');
// The test file that every virus scanner knows, in two parts so that none takes this source for it.
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
// The first box of a photo of a phone (ISO/IEC 23008-12); what follows is not looked at.
const HEIC = Buffer.concat([Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(200, 7)]);
const PAGE = Buffer.from('<html><script>alert(1)</script></html>');

/** A file as a customer's message brings it, and what has to become of it. */
interface Case {
  readonly what: string;
  readonly url: string;
  /** What the message says that it is. */
  readonly claims: string;
  readonly state: Attachment['state'];
  readonly problem?: Attachment['problem'];
  readonly contentType?: RegExp;
  /** The bytes that an adjuster must get. */
  readonly bytes?: Buffer;
}

/** A case with the message that brought it. */
interface Sent extends Case {
  readonly phone: string;
  readonly text: string;
}

/** How many bytes of each enormous file the vendor had to hand out. */
interface Poured {
  announced: number;
  unannounced: number;
}

/** Files that come late, never, slowly, too large, disguised, infected, empty or from the inside: the words are read at once, the file ends in a state that says why. */
export const media: Scenario = {
  name: 'media',
  promise:
    'A file that comes late, slowly, broken, too large, disguised, infected or from the inside never costs a message: its words are there at once, and the file is stored, failed or locked up with a reason.',
  async run(size, say) {
    const desk = await Desk.open();
    const inside = await Inside.open();
    try {
      const wrong: string[] = [];
      const line = await desk.newLine('+15550900001');
      const poured: Poured = { announced: 0, unannounced: 0 };
      const cases = [...whole(desk, line, size), ...enormous(desk, line, poured), ...inward(desk, line, inside)];
      const sent = await desk.each(cases, (one, i) => send(desk, line, one, `+1555091${String(1000 + i)}`));
      const readAtOnce = (await desk.each(sent, (one) => isRead(desk, one, wrong))).filter(Boolean).length;
      say(`${readAtOnce} of ${sent.length} messages are read while their files are on the way`);
      const found = await desk.each(sent, (one) => settled(desk, one, SIZES[size]));
      for (const [i, file] of found.entries()) await compare(desk, sent[i]!, file, wrong);
      if (inside.visits > 0) wrong.push(`an address on the inside was visited ${inside.visits} times`);
      if (poured.announced > ON_THE_WAY) wrong.push(`${poured.announced} bytes of a file that was announced as too large were fetched`);
      if (poured.unannounced > MOST + ON_THE_WAY) wrong.push(`${poured.unannounced} bytes of a file without end were fetched`);
      const count = (state: Attachment['state']): number => found.filter((file) => file?.state === state).length;
      return {
        counts: {
          messages: sent.length,
          readAtOnce,
          stored: count('stored'),
          failed: count('failed'),
          quarantined: count('quarantined'),
          visitsInside: inside.visits,
          megabytesOfTheAnnounced: Math.round(poured.announced / MB),
          megabytesOfTheUnannounced: Math.round(poured.unannounced / MB),
        },
        wrong,
      };
    } finally {
      await inside.close();
      await desk.close();
    }
  },
};

const as = (type: string, bytes: Buffer, response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);

/** Files that have to arrive, or to be locked up. */
function whole(desk: Desk, line: VendorLine, size: Size): Case[] {
  const { late, slow } = SIZES[size];
  const kept = (play: FileAnswer): string => desk.vendor.keep(line, play);
  const there = performance.now() + late;
  const plain = (type: string, bytes: Buffer): string => kept((response) => as(type, bytes, response));
  return [
    {
      what: 'not there yet',
      url: kept((response) => (performance.now() < there ? void response.writeHead(404).end() : as('image/png', PNG, response))),
      claims: 'image/png',
      state: 'stored',
      contentType: /^image\/png$/,
      bytes: PNG,
    },
    { what: 'slow', url: kept((response) => trickle(response, slow)), claims: 'image/png', state: 'stored', bytes: PNG },
    {
      what: 'broken off at first',
      url: kept((response, time) => (time === 1 ? broken(response) : as('image/png', PNG, response))),
      claims: 'image/png',
      state: 'stored',
      bytes: PNG,
    },
    {
      what: 'a page dressed as a picture',
      url: plain('image/jpeg', PAGE),
      claims: 'image/jpeg',
      state: 'stored',
      contentType: /^text\//,
      bytes: PAGE,
    },
    { what: 'infected', url: plain('application/pdf', EICAR), claims: 'application/pdf', state: 'quarantined', problem: 'malware' },
    { what: 'HEIC', url: plain('image/heic', HEIC), claims: 'image/heic', state: 'stored', contentType: /^image\/hei[cf]$/, bytes: HEIC },
    { what: 'empty', url: plain('image/png', Buffer.alloc(0)), claims: 'image/png', state: 'stored', bytes: Buffer.alloc(0) },
  ];
}

function enormous(desk: Desk, line: VendorLine, poured: Poured): Case[] {
  const flow = (which: keyof Poured, headers: Record<string, string>): string =>
    desk.vendor.keep(line, (response) => {
      response.writeHead(200, { 'content-type': 'video/mp4', ...headers });
      pour(response, (bytes) => (poured[which] += bytes));
    });
  const refused = { claims: 'video/mp4', state: 'failed', problem: 'too-large' } as const;
  return [
    { what: '200 MB, announced', url: flow('announced', { 'content-length': String(HUGE) }), ...refused },
    { what: '200 MB, not announced', url: flow('unannounced', {}), ...refused },
  ];
}

function inward(desk: Desk, line: VendorLine, inside: Inside): Case[] {
  const refused = { claims: 'image/png', state: 'failed', problem: 'refused' } as const;
  const onwards = (to: string): string => desk.vendor.keep(line, (response) => void response.writeHead(307, { location: to }).end());
  return [
    { what: 'an address of the cloud', url: 'http://169.254.169.254/latest/meta-data/', ...refused },
    { what: 'this machine by name', url: inside.url.replace('127.0.0.1', 'localhost'), ...refused },
    { what: 'this machine by number', url: inside.url, ...refused },
    { what: 'sent on to this machine', url: onwards(inside.url), ...refused },
    { what: 'sent on to the cloud', url: onwards('http://169.254.169.254/latest/meta-data/'), ...refused },
  ];
}

/** A little at a time, over so many milliseconds. */
function trickle(response: ServerResponse, milliseconds: number): void {
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length });
  let at = 0;
  const timer = setInterval(() => {
    if (at >= PNG.length - 1) clearInterval(timer);
    if (at >= PNG.length - 1) response.end(PNG.subarray(at));
    else response.write(PNG.subarray(at, (at += 1)));
  }, milliseconds / PNG.length);
  response.on('close', () => clearInterval(timer));
}

function broken(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length });
  response.write(PNG.subarray(0, 20), () => response.destroy());
}

/** Hands out a file of 200 MB as long as somebody takes it. */
function pour(response: ServerResponse, count: (bytes: number) => void): void {
  const piece = Buffer.alloc(MB, 'claim');
  let given = 0;
  const more = (): void => {
    while (given < HUGE && !response.destroyed) {
      given += piece.length;
      count(piece.length);
      if (!response.write(piece)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}

async function send(desk: Desk, line: VendorLine, one: Case, phone: string): Promise<Sent> {
  const text = `A file: ${one.what}`;
  const { status } = await postSms(line, { from: phone, text, more: { NumMedia: '1', MediaUrl0: one.url, MediaContentType0: one.claims } });
  if (status !== 200) throw new Error(`${one.what}: the hub answered ${status}`);
  return { ...one, phone, text };
}

async function messageOf({ supervisor }: Desk, { phone, text }: Sent): Promise<Message | undefined> {
  const [item] = (await supervisor.find(phone)).items;
  return item && (await supervisor.thread(item.id)).items.find((one) => one.text === text);
}

/** The words are there at once, with a place for their file. */
async function isRead(desk: Desk, sent: Sent, wrong: string[]): Promise<boolean> {
  const message = await until(`the message "${sent.text}"`, () => messageOf(desk, sent), 10);
  if (message.attachments.length !== 1) wrong.push(`${sent.what}: the message shows ${message.attachments.length} files`);
  return message.attachments.length === 1;
}

/** The file when it is no longer on its way: five minutes of misses are looked at again within as long. */
const settled = (desk: Desk, sent: Sent, { late, slow }: (typeof SIZES)[Size]): Promise<Attachment | undefined> =>
  until(
    `the file of "${sent.text}"`,
    async () => (await messageOf(desk, sent))?.attachments.find(({ state }) => state !== 'pending'),
    60 + (2 * late + slow) / 1_000,
  ).catch(() => undefined);

async function compare(
  desk: Desk,
  { what, state, problem, contentType, bytes }: Sent,
  file: Attachment | undefined,
  wrong: string[],
): Promise<void> {
  if (!file) return void wrong.push(`${what}: the file never came to an end`);
  if (file.state !== state) wrong.push(`${what}: the file is ${file.state} (${file.problem ?? 'no reason'}), not ${state}`);
  if (problem && file.problem !== problem) wrong.push(`${what}: the reason is ${file.problem ?? 'not told'}, not ${problem}`);
  if (contentType && !contentType.test(file.contentType)) wrong.push(`${what}: shown as ${file.contentType}`);
  const answer = await fetch(`${desk.world.hub.url}/api/attachments/${file.id}`, { headers: desk.supervisor.signedIn });
  const given = Buffer.from(await answer.arrayBuffer());
  if (state === 'stored' && !(bytes && given.equals(bytes)))
    wrong.push(`${what}: ${given.length} bytes came, and not those that were sent`);
  if (state !== 'stored' && answer.ok) wrong.push(`${what}: it can be opened`);
}

/** A server on the inside that nobody from outside may make us visit. */
class Inside {
  visits = 0;
  private readonly server: Server = createServer((_request, response) => {
    this.visits += 1;
    as('image/png', PNG, response);
  });

  static async open(): Promise<Inside> {
    const inside = new Inside();
    await new Promise<void>((resolve) => inside.server.listen(0, '127.0.0.1', resolve));
    return inside;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/secrets.png`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
