import type {
  CustomerAction,
  SimulatedAnswer,
  SimulatedCall,
  SimulatedFile,
  SimulatedLine,
  Simulator,
  SimulatorHost,
  StartSimulator,
} from '../simulator';
import {
  json,
  page,
  refused,
  rfc2822,
  sid,
  SimulatedAccount,
  type Posted,
  type SimulatedCallOfApi,
  type SimulatedRoute,
} from '../vendors/twilio/simulated-account';
import { SimulatedPhoneCall, type CallWorld } from './simulated-phone-call';

/** Twilio's voice in a box, with the customer's phone and our own people's. */
export const startTwilioVoice: StartSimulator = async (host) => new TwilioVoiceInABox(host);

// As many as a demo shows; older ones are gone from lists, too.
const KEPT_CALLS = 200;

class TwilioVoiceInABox implements Simulator {
  readonly kind = 'twilio-voice';
  private readonly account: SimulatedAccount;
  private readonly running: SimulatedPhoneCall[] = [];
  private readonly recordings = new Map<string, SimulatedFile>();
  private readonly world: CallWorld;

  constructor(private readonly host: SimulatorHost) {
    this.account = new SimulatedAccount(host);
    this.world = {
      account: this.account,
      said: ({ facts }, text) =>
        host.received({
          id: sid('CA'),
          channel: this.kind,
          from: facts.line.address,
          to: facts.phone,
          text,
          at: host.now().toISOString(),
          raw: { call: facts.id },
        }),
      keep: (line, id, file) => {
        this.recordings.set(id, file);
        return `${host.baseUrl}/2010-04-01/Accounts/${String(line.config.accountSid)}/Recordings/${id}`;
      },
    };
  }

  async connect(line: SimulatedLine): Promise<void> {
    this.account.lines.set(line.inboxId, line);
  }

  newLine(address: string) {
    return this.account.newLine(address);
  }

  misbehave(how: Parameters<Simulator['misbehave']>[0]): void {
    this.account.misbehave(how);
  }

  async close(): Promise<void> {
    this.account.close();
  }

  calls(): readonly SimulatedCall[] {
    return this.running.map(({ facts, state, heard, awaits, dialled }) => ({
      id: facts.id,
      direction: facts.direction,
      customer: facts.direction === 'inbound' ? facts.phone : (dialled ?? facts.phone),
      line: facts.line.address,
      state,
      heard: [...heard],
      awaits,
    }));
  }

  async handle(call: SimulatedCallOfApi): Promise<SimulatedAnswer | undefined> {
    return this.account.handle(call, this.routes);
  }

  async act(line: SimulatedLine, action: CustomerAction) {
    if (action.do === 'call') return this.callIn(line, action.from.value, action.callId);
    if (!('callId' in action) || !action.callId) throw new Error(`a phone cannot "${action.do}"`);
    const call = this.running.find(({ facts }) => facts.id === action.callId);
    if (!call) throw new Error(`there is no call ${action.callId}`);
    return { id: call.facts.id, ...(await this.doIn(call, action)) };
  }

  private doIn(call: SimulatedPhoneCall, action: CustomerAction): Promise<Posted> {
    switch (action.do) {
      case 'press':
        return call.press(action.digits);
      case 'speak':
        return call.speak(action);
      case 'pick-up':
        return call.pickUp();
      case 'let-ring':
        return call.letRing();
      case 'hang-up':
        return call.hangUp();
      default:
        throw new Error(`a phone cannot "${action.do}"`);
    }
  }

  private async callIn(line: SimulatedLine, phone: string, id = sid('CA')) {
    const again = this.running.find(({ facts }) => facts.id === id);
    if (again) return { id, ...(await again.announce()) };
    const call = this.add(
      new SimulatedPhoneCall({ id, line, direction: 'inbound', phone, statusUrl: `${line.webhookUrl}/voice/status` }, this.world),
    );
    return { id, ...(await call.begin()) };
  }

  private add(call: SimulatedPhoneCall): SimulatedPhoneCall {
    this.running.unshift(call);
    this.running.length = Math.min(this.running.length, KEPT_CALLS);
    return call;
  }

  private readonly routes: readonly SimulatedRoute[] = [
    {
      method: 'POST',
      path: /^\/Calls\.json$/,
      answer: (line, call) => this.callOut(line, new URLSearchParams(call.body.toString('utf8'))),
    },
    {
      method: 'GET',
      path: /^\/Calls\.json$/,
      answer: (line, call) => json(200, page('calls', this.listed(line, call.query).map(resource), call)),
    },
    { method: 'GET', path: /^\/Recordings\/(RE[0-9a-f]{32})(?:\.mp3|\.wav)?$/, answer: (_line, _call, [id]) => this.recording(id ?? '') },
  ];

  private callOut(line: SimulatedLine, form: URLSearchParams): SimulatedAnswer {
    const to = form.get('To') ?? '';
    const trouble = this.account.troubleFor(to, ['answer-429', 'answer-500', 'hang', 'refuse', 'close-mid-answer', 'accept-then-die']);
    if (trouble === 'hang') return 'hang';
    if (trouble === 'answer-429') return refused(429, 20429, 'Too Many Requests', { 'retry-after': '1' });
    if (trouble === 'answer-500') return refused(500, 20500, 'Internal server error');
    if (trouble === 'refuse') return refused(400, 21216, `Account not allowed to call ${to}`);
    if (form.get('From') !== line.address) return refused(400, 21212, `Invalid From Number (caller ID): ${form.get('From') ?? ''}`);
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return refused(400, 21217, `Phone number does not appear to be valid: ${to}`);
    const call = this.add(
      new SimulatedPhoneCall(
        { id: sid('CA'), line, direction: 'outbound', phone: to, statusUrl: form.get('StatusCallback') ?? undefined },
        this.world,
      ),
    );
    call.ring(form.get('Twiml') ?? '<Response/>', Number(form.get('Timeout') ?? 60));
    if (trouble === 'accept-then-die') return 'die';
    if (trouble === 'close-mid-answer') return 'die-mid-answer';
    return json(201, resource(call));
  }

  private listed(line: SimulatedLine, query: URLSearchParams): SimulatedPhoneCall[] {
    const [to, from, after] = [query.get('To'), query.get('From'), query.get('StartTime>')];
    return this.running.filter((call) => {
      const one = resource(call);
      const recent = !after || call.startedAt >= new Date(Math.floor(Date.parse(after) / 1_000) * 1_000);
      return call.facts.line.address === line.address && (!to || one.to === to) && (!from || one.from === from) && recent;
    });
  }

  private recording(id: string): SimulatedAnswer {
    const file = this.recordings.get(id);
    if (!file || this.account.troubleFor(undefined, ['media-404'])) return refused(404, 20404, 'The requested resource was not found');
    return {
      status: 200,
      headers: { 'content-type': file.contentType, 'content-length': String(file.content.byteLength) },
      body: Buffer.from(file.content),
    };
  }
}

function resource(call: SimulatedPhoneCall) {
  const { id, line, phone, direction } = call.facts;
  const [from, to] = direction === 'inbound' ? [phone, line.address] : [line.address, phone];
  const started = rfc2822(call.startedAt);
  return {
    sid: id,
    account_sid: line.config.accountSid,
    api_version: '2010-04-01',
    from,
    to,
    direction: direction === 'inbound' ? 'inbound' : 'outbound-api',
    status: call.outcome ?? (call.state === 'ringing' ? 'ringing' : 'in-progress'),
    date_created: started,
    date_updated: started,
    start_time: started,
    end_time: call.endedAt ? rfc2822(call.endedAt) : null,
    duration: call.endedAt ? String(call.seconds()) : null,
    uri: `/2010-04-01/Accounts/${String(line.config.accountSid)}/Calls/${id}.json`,
  };
}
