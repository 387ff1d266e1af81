import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/** A line of the vendor: one number of one account, and where the hub wants to hear of it once an inbox was made. */
export interface VendorLine {
  readonly accountSid: string;
  readonly secret: string;
  readonly address: string;
  webhook: string;
}

/** One request to send a message, as it reached the vendor. */
export interface Asked {
  readonly line: string;
  readonly to: string;
  readonly text: string;
  /** Where a report of it goes. */
  readonly callback: string;
  /** Milliseconds of this process. */
  readonly at: number;
  /** The how manieth request for these words to this person. */
  readonly time: number;
}

/** A message that the vendor has taken. */
export interface Taken extends Asked {
  readonly sid: string;
  readonly since: Date;
}

/**
 * What the vendor does with a request. `taken` and the answer are independent, and that is the point: `created` 201 · a status with or without
 * `Retry-After` (seconds) · `hang` no answer · `half` the connection breaks within the answer · `die` before it.
 */
export interface Reaction {
  readonly taken: boolean;
  readonly answer: 'created' | 'hang' | 'half' | 'die' | { readonly status: number; readonly retryAfter?: number };
}

/** How a line of the vendor behaves. */
export interface Manner {
  send(asked: Asked): Reaction;
  /** Whether it can be asked what it has taken. */
  readonly lists: boolean;
  /** Whether it reports by itself that a message arrived. */
  readonly reports: boolean;
}

export const WELL: Manner = { send: () => ({ taken: true, answer: 'created' }), lists: true, reports: true };

/** Plays one file that somebody has sent: `time` counts how often it was asked for. */
export type FileAnswer = (response: ServerResponse, time: number) => void;

const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');

/**
 * An SMS vendor with Twilio's API whose every answer a scenario decides, and which remembers each request: what was asked, what it took and when.
 * It lives in the process of the scenario, so that its books need no question over a wire.
 */
export class Vendor {
  readonly asked: Asked[] = [];
  readonly taken: Taken[] = [];
  /** Milliseconds from the machine's time, as the hub's clock is shifted. */
  offset = 0;
  private readonly lines = new Map<string, VendorLine>();
  private readonly manners = new Map<string, Manner>();
  private readonly files = new Map<string, { play: FileAnswer; times: number }>();
  private readonly times = new Map<string, number>();
  private readonly reporting = new Set<Promise<unknown>>();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response).catch(() => response.destroy()));
  private closing = false;

  static async open(): Promise<Vendor> {
    const vendor = new Vendor();
    await new Promise<void>((resolve) => vendor.server.listen(0, '127.0.0.1', resolve));
    return vendor;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  newLine(address: string): VendorLine {
    const line = { accountSid: newSid('AC'), secret: newSid(''), address, webhook: '' };
    this.lines.set(line.accountSid, line);
    return line;
  }

  /** From now on this line behaves so. */
  behave(line: VendorLine, manner: Partial<Manner>): void {
    this.manners.set(line.accountSid, { ...WELL, ...manner });
  }

  askedOf(line: VendorLine): Asked[] {
    return this.asked.filter((one) => one.line === line.accountSid);
  }

  takenOf(line: VendorLine): Taken[] {
    return this.taken.filter((one) => one.line === line.accountSid);
  }

  /** A file of a customer at this vendor; answers with its address. */
  keep(line: VendorLine, play: FileAnswer): string {
    const id = newSid('ME');
    this.files.set(id, { play, times: 0 });
    return `${this.url}/2010-04-01/Accounts/${line.accountSid}/Messages/${newSid('MM')}/Media/${id}`;
  }

  /** Tells the hub what became of a message, signed; resolves with the hub's answer. */
  async report({ line, callback, sid, to }: Taken, status: string): Promise<number> {
    const { accountSid, secret, address } = this.lines.get(line)!;
    const fields = { MessageSid: sid, MessageStatus: status, AccountSid: accountSid, From: address, To: to };
    const response = await fetch(callback, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': getExpectedTwilioSignature(secret, callback, fields),
      },
      body: new URLSearchParams(fields).toString(),
    });
    return response.status;
  }

  async close(): Promise<void> {
    this.closing = true;
    this.server.closeAllConnections();
    await Promise.allSettled(this.reporting);
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const [, account = '', below = ''] = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})(\/.*)$/.exec(url.pathname) ?? [];
    const line = this.lines.get(account);
    const password = line && `Basic ${Buffer.from(`${account}:${line.secret}`).toString('base64')}`;
    if (!line || request.headers.authorization !== password) return json(response, 401, { code: 20003, message: 'Authenticate' });
    const file = this.files.get(/\/Media\/(ME[0-9a-f]{32})$/.exec(below)?.[1] ?? '');
    if (file) return file.play(response, (file.times += 1));
    if (below !== '/Messages.json') return json(response, 404, { code: 20404, message: 'not found' });
    if (request.method === 'POST') return this.send(line, new URLSearchParams(await textOf(request)), response);
    return this.list(line, url.searchParams.get('To'), response);
  }

  private send(line: VendorLine, form: URLSearchParams, response: ServerResponse): void {
    const [to = '', text = ''] = [form.get('To') ?? '', form.get('Body') ?? ''];
    const time = (this.times.get(`${to} ${text}`) ?? 0) + 1;
    this.times.set(`${to} ${text}`, time);
    const asked: Asked = { line: line.accountSid, to, text, callback: form.get('StatusCallback') ?? '', at: performance.now(), time };
    this.asked.push(asked);
    const manner = this.manners.get(line.accountSid) ?? WELL;
    const { taken, answer } = manner.send(asked);
    const kept: Taken | undefined = taken ? { ...asked, sid: newSid('SM'), since: new Date(Date.now() + this.offset) } : undefined;
    if (kept) this.taken.push(kept);
    give(response, answer, kept && resource(line, kept));
    if (kept && manner.reports && answer === 'created') this.reportSoon(kept);
  }

  private reportSoon(kept: Taken): void {
    const reporting: Promise<unknown> = this.report(kept, 'delivered')
      .catch(() => undefined)
      .finally(() => this.reporting.delete(reporting));
    if (!this.closing) this.reporting.add(reporting);
  }

  private list(line: VendorLine, to: string | null, response: ServerResponse): void {
    const manner = this.manners.get(line.accountSid) ?? WELL;
    if (!manner.lists) return json(response, 503, { code: 20503, message: 'Service unavailable' });
    const found = this.takenOf(line).filter((one) => !to || one.to === to);
    json(response, 200, { messages: found.reverse().map((one) => resource(line, one)), page: 0, page_size: 50, next_page_uri: null });
  }
}

function give(response: ServerResponse, answer: Reaction['answer'], body: unknown): void {
  if (answer === 'hang') return;
  if (answer === 'die') return void response.destroy();
  if (answer === 'half') {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': '64' });
    // The first half has to leave before the connection breaks, or the client sees no answer at all.
    return void response.write('{"sid":"', () => response.destroy());
  }
  if (answer === 'created') return json(response, 201, body ?? {});
  const wait: Record<string, string> = answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) };
  json(response, answer.status, { message: 'no', status: answer.status }, wait);
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function resource(line: VendorLine, { sid, to, text, since }: Taken): unknown {
  const at = since.toUTCString().replace('GMT', '+0000');
  return {
    sid,
    account_sid: line.accountSid,
    body: text,
    direction: 'outbound-api',
    from: line.address,
    to,
    status: 'queued',
    date_created: at,
    date_updated: at,
    date_sent: null,
    num_segments: '1',
    num_media: '0',
    uri: `/2010-04-01/Accounts/${line.accountSid}/Messages/${sid}.json`,
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
