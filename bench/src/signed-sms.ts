import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { sender } from './inbound-sql';

/** A line as the demo manifest tells it. */
export interface SmsLine {
  readonly id: string;
  readonly address: string;
  readonly webhook: string;
  readonly secret: string;
  readonly accountSid: string;
}

/** Posts forms over kept-open connections; rejects on anything but 200. */
export class Poster {
  private readonly agent: Agent;

  constructor(connections: number) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<void> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        {
          method: 'POST',
          agent: this.agent,
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), ...headers },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${answer.statusCode}`))));
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** What Twilio would send, signed as Twilio signs: HMAC-SHA1 over the address and the sorted fields. */
export function signedSms(line: SmsLine, n: number, text = `bench message ${n}`): { body: string; headers: Record<string, string> } {
  const fields: Record<string, string> = {
    AccountSid: line.accountSid,
    Body: text,
    From: sender(n),
    MessageSid: `SM${randomUUID().replaceAll('-', '')}`,
    NumMedia: '0',
    NumSegments: '1',
    To: line.address,
  };
  const signed =
    line.webhook +
    Object.keys(fields)
      .sort()
      .map((name) => name + fields[name]!)
      .join('');
  return {
    body: new URLSearchParams(fields).toString(),
    headers: { 'x-twilio-signature': createHmac('sha1', line.secret).update(signed).digest('base64') },
  };
}
