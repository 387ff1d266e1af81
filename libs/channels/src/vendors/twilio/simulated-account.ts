import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Misbehaviour, SimulatedAnswer, SimulatedLine, Simulator, SimulatorHost } from '../../simulator';
import { basic } from './basic-auth';

export type SimulatedCallOfApi = Parameters<Simulator['handle']>[0];

/** What Twilio's servers answered to a webhook. */
export interface Posted {
  readonly status: number;
  readonly body: string;
}

/** One route of the simulated API: a method, the path below the account with groups, and what it does. */
export interface SimulatedRoute {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  answer(line: SimulatedLine, call: SimulatedCallOfApi, groups: readonly string[]): SimulatedAnswer | Promise<SimulatedAnswer>;
}

/** A made-up id in the form of Twilio's: two letters and 32 hexadecimal digits. */
export function sid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}

/** An answer of the API in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): SimulatedAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** A refusal in Twilio's form. */
export function refused(status: number, code: number, message: string, headers: Record<string, string> = {}): SimulatedAnswer {
  return json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers);
}

/** The time as the API writes it (RFC 2822). */
export function rfc2822(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}

/** The part of Twilio that its products share: accounts with passwords, numbers, signed webhooks, and bad days. */
export class SimulatedAccount {
  readonly lines = new Map<string, SimulatedLine>();
  private trouble: { how: Misbehaviour['how']; to?: string; times: number } | undefined;
  private readonly closing = new AbortController();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(readonly host: SimulatorHost) {}

  newLine(address: string): { config: Record<string, unknown>; secrets: Record<string, string> } {
    return { config: { accountSid: sid('AC'), phoneNumber: address, apiBaseUrl: this.host.baseUrl }, secrets: { authToken: sid('') } };
  }

  misbehave(how: Misbehaviour | null): void {
    this.trouble = how ? { how: how.how, to: how.to, times: how.times ?? Infinity } : undefined;
  }

  /** How this call goes wrong, if it does; counts down. `only` names the troubles that concern it. */
  troubleFor(to: string | undefined, only: readonly Misbehaviour['how'][]): Misbehaviour['how'] | undefined {
    const { trouble } = this;
    if (!trouble || trouble.times <= 0 || (trouble.to && trouble.to !== to) || !only.includes(trouble.how)) return undefined;
    trouble.times -= 1;
    return trouble.how;
  }

  /** Answers a call below `/2010-04-01/Accounts/{sid}`; undefined where nothing is there. */
  async handle(call: SimulatedCallOfApi, routes: readonly SimulatedRoute[]): Promise<SimulatedAnswer | undefined> {
    const [, account, below = ''] = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})(\/.*|\.json)?$/.exec(call.path) ?? [];
    if (!account) return undefined;
    const line = [...this.lines.values()].find((one) => one.config.accountSid === account);
    const password = basic(account, line?.secrets.authToken);
    if (!line || call.headers.authorization !== password || this.troubleFor(undefined, ['unauthorized']))
      return refused(401, 20003, 'Authenticate');
    for (const route of [...routes, ...this.ownRoutes]) {
      const match = route.method === call.method ? route.path.exec(below) : null;
      if (match) return route.answer(line, call, match.slice(1));
    }
    return refused(404, 20404, `The requested resource ${call.path} was not found`);
  }

  /**
   * Calls a webhook as Twilio does: a signed form; `fields` that are undefined stay out.
   * A hub that cannot be reached is a 502, as in Twilio's debugger (error 11200): the vendor keeps what it has and goes on.
   */
  async post(line: SimulatedLine, url: string, fields: Readonly<Record<string, string | undefined>>): Promise<Posted> {
    const all: Record<string, string> = { AccountSid: String(line.config.accountSid), ApiVersion: '2010-04-01' };
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) all[name] = value;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': getExpectedTwilioSignature(line.secrets.authToken ?? '', url, all),
    };
    // Twilio gives up after 15 seconds in total.
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(15_000)]);
    try {
      const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(all), signal });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      return { status: 502, body: `11200 HTTP retrieval failure: ${String(error)}` };
    }
  }

  /** Does something later, unless the box is closed before. What it throws ends there: Twilio does not tell either. */
  later(milliseconds: number, work: () => Promise<unknown> | void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      Promise.resolve(work()).catch(() => undefined);
    }, milliseconds);
    this.timers.add(timer);
    // What a vendor still means to do keeps nobody's process alive.
    return timer.unref();
  }

  cancel(timer: NodeJS.Timeout | undefined): void {
    clearTimeout(timer);
    if (timer) this.timers.delete(timer);
  }

  close(): void {
    this.closing.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private readonly ownRoutes: readonly SimulatedRoute[] = [
    {
      method: 'GET',
      path: /^\.json$/,
      answer: (line) =>
        json(200, {
          sid: line.config.accountSid,
          friendly_name: 'Twilio in a box',
          status: 'active',
          type: 'Full',
          date_created: rfc2822(this.host.now()),
        }),
    },
    {
      method: 'GET',
      path: /^\/IncomingPhoneNumbers\.json$/,
      answer: (line, call) => {
        const asked = call.query.get('PhoneNumber');
        const mine = [...this.lines.values()].filter(
          (one) => one.config.accountSid === line.config.accountSid && (asked ?? one.address) === one.address,
        );
        return json(200, page('incoming_phone_numbers', mine.map(numberOf), call));
      },
    },
  ];
}

/** A page of a list, as the API cuts it. */
export function page(name: string, all: readonly unknown[], { path, query }: SimulatedCallOfApi): unknown {
  const size = Number(query.get('PageSize') ?? 50);
  const at = Number(query.get('Page') ?? 0);
  const next = new URLSearchParams(query);
  next.set('Page', String(at + 1));
  const more = all.length > (at + 1) * size;
  return {
    [name]: all.slice(at * size, (at + 1) * size),
    page: at,
    page_size: size,
    next_page_uri: more ? `${path}?${next.toString()}` : null,
  };
}

function numberOf(line: SimulatedLine): unknown {
  return {
    sid: sid('PN'),
    phone_number: line.address,
    capabilities: { sms: true, mms: true, voice: true, fax: false },
    sms_url: line.webhookUrl,
    voice_url: line.webhookUrl,
    status_callback: `${line.webhookUrl}/voice/status`,
  };
}
