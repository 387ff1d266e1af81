import type { SimulatedCall, SimulatedFile, SimulatedLine } from '../simulator';
import { sid, type Posted, type SimulatedAccount } from '../vendors/twilio/simulated-account';
import { readTwiml, type TwimlVerb } from './twiml-reader';

/** What a simulated call is about. */
export interface CallFacts {
  readonly id: string;
  readonly line: SimulatedLine;
  readonly direction: 'inbound' | 'outbound';
  /** The phone at the other end: the caller's, or the one that is rung first. */
  readonly phone: string;
  /** Where Twilio tells that the call has ended. */
  readonly statusUrl?: string;
}

/** What a call may use of the box around it. */
export interface CallWorld {
  readonly account: SimulatedAccount;
  /** Told of everything that is said into a phone. */
  said(call: SimulatedPhoneCall, text: string): void;
  /** Keeps a recording and gives its address. */
  keep(line: SimulatedLine, id: string, file: SimulatedFile): string;
}

type Speech = { readonly media: SimulatedFile; readonly seconds: number; readonly transcript?: string };
type Waiting = { readonly verb: TwimlVerb; readonly timer?: NodeJS.Timeout };

/** One call at Twilio: does what TwiML says, one verb after the other, and waits where people have to do something. */
export class SimulatedPhoneCall {
  readonly startedAt: Date;
  state: SimulatedCall['state'] = 'ringing';
  outcome: string | undefined;
  endedAt: Date | undefined;
  awaits: SimulatedCall['awaits'] = null;
  readonly heard: { text: string; language: string }[] = [];
  /** Whom the call was put through to. */
  dialled: string | undefined;
  private verbs: TwimlVerb[] = [];
  private waiting: Waiting | undefined;
  private connectedAt: Date | undefined;
  private ringing: NodeJS.Timeout | undefined;

  constructor(
    readonly facts: CallFacts,
    private readonly world: CallWorld,
  ) {
    this.startedAt = world.account.host.now();
  }

  /** A customer calls: the line's address is asked what to do. */
  async begin(): Promise<Posted> {
    const posted = await this.announce();
    this.state = 'in-progress';
    await this.follow(posted);
    return posted;
  }

  /** Tells the line's address that the call has started; a second time is a redelivery. */
  announce(): Promise<Posted> {
    return this.tell(this.facts.line.webhookUrl, { CallStatus: 'ringing' });
  }

  /** Twilio rings a phone for us; `twiml` is for when it is picked up. */
  ring(twiml: string, seconds: number): void {
    this.verbs = [...readTwiml(twiml)];
    this.awaits = { for: 'pick-up', number: this.facts.phone };
    this.ringing = this.world.account.later(seconds * 1_000, () => this.end('no-answer'));
  }

  /** Keys that somebody presses. */
  async press(digits: string): Promise<Posted> {
    const verb = this.expect('Gather');
    const ended = digits.replace(/#.*$/, '');
    return this.goOn(verb, {
      Digits: verb.attributes.numDigits ? ended.slice(0, Number(verb.attributes.numDigits)) : ended,
      FinishedOnKey: digits.includes('#') ? '#' : '',
    });
  }

  /** Words that somebody says: an answer where the call listens for one, a recording where it records. */
  async speak(speech: Speech): Promise<Posted> {
    if (this.waiting?.verb.name === 'Gather')
      return this.goOn(this.expect('Gather'), { SpeechResult: speech.transcript, Confidence: '0.93' });
    const verb = this.expect('Record');
    const id = sid('RE');
    const recording = {
      RecordingSid: id,
      RecordingUrl: this.world.keep(this.facts.line, id, speech.media),
      RecordingDuration: String(speech.seconds),
    };
    this.afterRecording(verb, recording, speech.transcript);
    return this.goOn(verb, { ...recording, Digits: '#' });
  }

  /** The phone that rings is picked up: ours first in a call that we placed, else the one that was dialled. */
  async pickUp(): Promise<Posted> {
    this.world.account.cancel(this.ringing);
    if (this.state === 'ringing') {
      this.awaits = null;
      this.state = 'in-progress';
      await this.next();
    } else {
      this.world.account.cancel(this.waitingIn('Dial', 'Enqueue').timer);
      this.awaits = null;
      this.connectedAt = this.world.account.host.now();
    }
    return { status: 200, body: '' };
  }

  /** The phone that rings is left ringing. */
  async letRing(): Promise<Posted> {
    if (this.state === 'ringing') return this.end('no-answer');
    return this.leave('no-answer');
  }

  /** Somebody puts the phone down. */
  async hangUp(): Promise<Posted> {
    if (this.state === 'ringing') return this.end('no-answer');
    const { waiting } = this;
    if (waiting && ['Dial', 'Enqueue'].includes(waiting.verb.name))
      await this.leave(this.connectedAt ? 'completed' : 'canceled', 'completed');
    return this.end('completed');
  }

  /** Seconds from start to end, or to now. */
  seconds(): number {
    return Math.round(((this.endedAt ?? this.world.account.host.now()).getTime() - this.startedAt.getTime()) / 1_000);
  }

  private async leave(outcome: string, callStatus?: string): Promise<Posted> {
    const { verb } = this.waitingIn('Dial', 'Enqueue');
    const talked = this.connectedAt
      ? String(Math.round((this.world.account.host.now().getTime() - this.connectedAt.getTime()) / 1_000))
      : undefined;
    const queued = { QueueResult: this.connectedAt ? 'bridged' : 'hangup', QueueTime: talked };
    const dialled = { DialCallStatus: outcome, DialCallDuration: talked, DialCallSid: sid('CA') };
    return this.goOn(verb, { ...(verb.name === 'Dial' ? dialled : queued), CallStatus: callStatus });
  }

  /** Tells the waiting verb's address what happened and follows what it answers. */
  private async goOn(verb: TwimlVerb, fields: Record<string, string | undefined>): Promise<Posted> {
    this.world.account.cancel(this.waiting?.timer);
    this.waiting = undefined;
    this.awaits = null;
    this.connectedAt = undefined;
    const url = verb.attributes.action;
    if (!url) {
      await this.next();
      return { status: 200, body: '' };
    }
    const posted = await this.tell(url, fields);
    await this.follow(posted);
    return posted;
  }

  private async follow({ status, body }: Posted): Promise<void> {
    if (this.state === 'ended') return;
    try {
      if (status !== 200) throw new Error(`Got HTTP ${status}`);
      this.verbs = [...readTwiml(body)];
    } catch {
      // What every caller of a broken application hears from Twilio.
      this.hear('We are sorry, an application error has occurred. Goodbye.', 'en-US');
      this.verbs = [];
    }
    await this.next();
  }

  private async next(): Promise<void> {
    while (this.state !== 'ended') {
      const verb = this.verbs.shift();
      if (!verb || verb.name === 'Hangup') return void (await this.end('completed'));
      if (verb.name === 'Say') this.hear(verb.text, verb.attributes.language ?? 'en-US');
      else if (this.waitsFor(verb)) return;
    }
  }

  /** Begins to wait where the verb is one that waits. */
  private waitsFor(verb: TwimlVerb): boolean {
    const { timeout, numDigits, maxLength } = verb.attributes;
    if (verb.name === 'Gather') {
      for (const say of verb.children) this.hear(say.text, say.attributes.language ?? 'en-US');
      this.awaits = { for: 'digits', count: numDigits ? Number(numDigits) : undefined };
      return this.wait(verb, Number(timeout ?? 5), () => this.goOn(verb, {}));
    }
    if (verb.name === 'Record') {
      this.awaits = { for: 'recording', maxSeconds: Number(maxLength ?? 3_600) };
      return this.wait(verb);
    }
    if (verb.name !== 'Dial' && verb.name !== 'Enqueue') return false;
    this.dialled = verb.name === 'Dial' ? (verb.children[0]?.text ?? verb.text) : `queue ${verb.text}`;
    this.awaits = { for: 'pick-up', number: this.dialled };
    return this.wait(verb, verb.name === 'Dial' ? Number(timeout ?? 30) : undefined, () => this.leave('no-answer'));
  }

  private wait(verb: TwimlVerb, seconds?: number, then?: () => Promise<unknown>): true {
    this.waiting = { verb, timer: seconds !== undefined && then ? this.world.account.later(seconds * 1_000, then) : undefined };
    return true;
  }

  private expect(name: string): TwimlVerb {
    return this.waitingIn(name).verb;
  }

  private waitingIn(...names: readonly string[]): Waiting {
    if (!this.waiting || !names.includes(this.waiting.verb.name))
      throw new Error(`the call does not wait for this now; it waits for ${this.awaits?.for ?? 'nothing'}`);
    return this.waiting;
  }

  private hear(text: string, language: string): void {
    this.heard.push({ text, language });
    this.world.said(this, text);
  }

  /** The file is ready a moment after the call went on, and its words a moment after that. */
  private afterRecording(verb: TwimlVerb, recording: Record<string, string>, transcript: string | undefined): void {
    const { recordingStatusCallback: ready, transcribeCallback: words, transcribe } = verb.attributes;
    const { account } = this.world;
    account.later(30, async () => {
      if (ready)
        await this.tell(ready, { ...recording, RecordingStatus: 'completed', RecordingChannels: '1', RecordingSource: 'RecordVerb' });
      const transcription = {
        TranscriptionSid: sid('TR'),
        TranscriptionStatus: transcript ? 'completed' : 'failed',
        TranscriptionText: transcript,
      };
      if (words && transcribe === 'true') await this.tell(words, { ...recording, ...transcription });
    });
  }

  private async end(outcome: string): Promise<Posted> {
    if (this.state === 'ended') return { status: 200, body: '' };
    this.state = 'ended';
    this.outcome = outcome;
    this.endedAt = this.world.account.host.now();
    this.awaits = null;
    this.world.account.cancel(this.ringing);
    this.world.account.cancel(this.waiting?.timer);
    const url = this.facts.statusUrl;
    return url
      ? this.tell(url, { CallStatus: outcome, CallDuration: String(this.seconds()), Timestamp: this.endedAt.toUTCString() })
      : { status: 200, body: '' };
  }

  private tell(url: string, fields: Record<string, string | undefined>): Promise<Posted> {
    const { id, line, phone, direction } = this.facts;
    const [from, to] = direction === 'inbound' ? [phone, line.address] : [line.address, phone];
    const call = {
      CallSid: id,
      From: from,
      To: to,
      Caller: from,
      Called: to,
      Direction: direction === 'inbound' ? 'inbound' : 'outbound-api',
      CallStatus: 'in-progress',
    };
    return this.world.account.post(line, url, {
      ...call,
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    });
  }
}
