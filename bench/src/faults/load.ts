import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { postMail, postSms, VisitorClient } from '@claimline/test';
import type { Ground } from './ground';
import { Ledger, type Said, type Way } from './ledger';

/** How many write, and how much. `vendor` are texts that their vendor brings once and never again: after an outage the hub has to ask for them. */
export interface Crowd {
  readonly sms: number;
  readonly phones: number;
  readonly vendor: number;
  readonly mails: number;
  readonly visitors: number;
  readonly wordsEach: number;
}

// The providers' own patience (Twilio: fifteen seconds).
const PATIENCE_MS = 15_000;
const AGAIN_MS = 250;
const LOOK_MS = 50;
const SMS_LANES = 24;
const MAIL_LANES = 6;
// Providers come again now and then with what they were told is there.
const REPEAT_EVERY = 20;
// So far may one way of writing be ahead of the texts: all of them go on for as long as faults are played.
const AHEAD = 0.02;

const lanes = (count: number, lane: (n: number) => Promise<void>): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, n) => lane(n)));

/** People who write by text, mail and chat, and providers that come again until they hear that it is there. */
export class Load {
  readonly ledger: Ledger;
  private planned = 0;
  private stopped = false;

  constructor(
    private readonly ground: Ground,
    private readonly crowd: Crowd,
  ) {
    this.ledger = new Ledger(`load${randomBytes(3).toString('hex')}`);
    this.planned = crowd.sms;
  }

  /** Resolves when everything was said and all but the vendor's own texts acknowledged. */
  async run(): Promise<void> {
    await Promise.all([this.texts(), this.mails(), this.chats(), this.vendorTexts()]);
  }

  /** Ends early, when what it waits for will not come. */
  stop(): void {
    this.stopped = true;
  }

  /** How far the texts are, from 0 to 1. */
  get share(): number {
    return this.ledger.acknowledged('sms') / this.planned;
  }

  private texts(): Promise<unknown> {
    const { sms, phones } = this.crowd;
    return lanes(SMS_LANES, async (lane) => {
      for (let n = lane; n < sms && !this.stopped; n += SMS_LANES) {
        // A phone belongs to one lane, so that whoever holds it says one thing after the other.
        const phone = lane + SMS_LANES * (Math.floor(n / SMS_LANES) % Math.ceil(phones / SMS_LANES));
        const one = this.ledger.say('sms', phoneOf(phone), n);
        const sid = `SM${randomBytes(16).toString('hex')}`;
        await this.insist(one, () => this.text(one, sid));
        if (n % REPEAT_EVERY === 0) await this.insist(one, () => this.text(one, sid));
      }
    });
  }

  private async text({ from, text }: Said, sid: string): Promise<number> {
    const response = await postSms(this.ground.sms, { from, text, sid }, undefined, AbortSignal.timeout(PATIENCE_MS));
    await response.arrayBuffer();
    return response.status;
  }

  private vendorTexts(): Promise<unknown> {
    const { vendor } = this.crowd;
    return lanes(vendor > 0 ? 2 : 0, async (lane) => {
      for (let n = lane; n < vendor && !this.stopped; n += 2) {
        await this.turn(n / vendor);
        const one = this.ledger.say('vendor', phoneOf(9_000 + (n % 20)), n);
        const { status } = await this.ground.vendors.act({ inbox: this.ground.sms.id }, { do: 'message', from: one.from, text: one.text });
        this.ledger.answer(one, status === 502 ? 0 : status, status === 200);
      }
    });
  }

  private mails(): Promise<unknown> {
    const { mails } = this.crowd;
    const { address, smtp } = this.ground.world.mail;
    return lanes(MAIL_LANES, async (lane) => {
      const from = `writer.${lane}@${this.ledger.mark}.test`;
      for (let n = lane; n < mails && !this.stopped; n += MAIL_LANES) {
        await this.turn(n / mails);
        const one = this.ledger.say('mail', from, n);
        const mail = {
          from,
          to: address,
          subject: 'About my claim',
          text: one.text,
          messageId: `<${randomUUID()}@${this.ledger.mark}.test>`,
          date: new Date(),
        };
        await this.insist(one, () => codeOf(postMail({ ...smtp, patience: PATIENCE_MS }, mail)));
        if (n % REPEAT_EVERY === 0) await this.insist(one, () => codeOf(postMail({ ...smtp, patience: PATIENCE_MS }, mail)));
      }
    });
  }

  private chats(): Promise<unknown> {
    const { visitors, wordsEach } = this.crowd;
    return lanes(visitors, async (who) => {
      // Each from a network of their own, as the proxy in front tells it.
      const visitor = new VisitorClient(this.ground.world.hub.url, this.ground.world.inbox('web-chat').id, `10.9.${who >> 8}.${who & 255}`);
      let isConnected = false;
      for (let n = 0; n < wordsEach && !this.stopped; n++) {
        await this.turn((n + who / visitors) / wordsEach);
        const one = this.ledger.say('chat', `visitor-${who}`, n);
        const id = randomUUID();
        for (let times = n === 0 ? 2 : 1; times > 0; times--) {
          await this.insist(one, async () => {
            try {
              if (!isConnected) await within(visitor.connect());
              isConnected = true;
              const { error } = await visitor.send(one.text, id);
              return error === undefined ? 200 : error === 'unavailable' ? 503 : 499;
            } catch (error) {
              visitor.cut();
              isConnected = false;
              throw error;
            }
          });
        }
      }
      visitor.cut();
    });
  }

  /** Says it again until somebody answers that it is there. */
  private async insist(one: Said, say: () => Promise<number>): Promise<void> {
    while (!this.stopped) {
      const code = await say().catch(() => 0);
      const isTaken = code >= 200 && code < 300;
      this.ledger.answer(one, code, isTaken);
      if (isTaken) return;
      await sleep(AGAIN_MS);
    }
  }

  private async turn(share: number): Promise<void> {
    while (!this.stopped && this.crowd.sms > 0 && share > this.share + AHEAD) await sleep(LOOK_MS);
  }
}

/** The n-th phone of a load; numbers of a made-up exchange. */
export const phoneOf = (n: number): string => `+1555${String(6_000_000 + n)}`;

const codeOf = async (sending: Promise<string>): Promise<number> =>
  sending.then(
    (line) => Number(line.slice(0, 3)),
    (error: { responseCode?: number }) => error.responseCode ?? 0,
  );

function within<T>(work: Promise<T>): Promise<T> {
  const late = new AbortController();
  const timeout = sleep(PATIENCE_MS, undefined, { signal: late.signal }).then(() => Promise.reject(new Error('no answer')));
  return Promise.race([work, timeout]).finally(() => late.abort());
}

/** The ways in which a load was refused, other than by silence or "come again": each of them is a false answer. */
export function falseAnswers({ answers }: Ledger, allowed: Readonly<Record<Way, readonly number[]>>): string[] {
  return [...answers].flatMap(([key, count]) => {
    const [way, code] = key.split(' ') as [Way, string];
    return allowed[way].includes(Number(code)) ? [] : [`${count} answers ${code} to ${way}`];
  });
}
