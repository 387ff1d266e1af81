import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { DemoManifest } from '@claimline/protocol';
import { io, type Socket } from 'socket.io-client';

type Person = DemoManifest['people'][number];

/** Somebody at the console: signed in, asking over kept-open connections as a browser does. */
export class Desk {
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async signIn(url: string, person: Person): Promise<Desk> {
    const answer = await fetch(`${url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email: person.email, password: person.password }),
    });
    if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
    const cookie = answer.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    return new Desk(url, cookie);
  }

  /** Reads something. */
  async get<Body>(path: string): Promise<Body> {
    return (await this.timed<Body>(path)).body;
  }

  /** Reads something, with the milliseconds from the asking to the last byte of the answer. */
  async timed<Body>(path: string): Promise<{ body: Body; ms: number }> {
    const begun = performance.now();
    const text = await this.ask('GET', path);
    return { ms: performance.now() - begun, body: JSON.parse(text) as Body };
  }

  async write<Body>(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<Body> {
    return JSON.parse(await this.ask(method, path, JSON.stringify(body))) as Body;
  }

  /** The console's socket, open and live. The caller closes it. */
  async socket(): Promise<Socket> {
    const socket = io(`${this.url}/console`, { transports: ['websocket'], extraHeaders: { cookie: this.cookie, origin: this.url } });
    await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('connect_error', reject));
    await socket.emitWithAck('resume', { position: null });
    return socket;
  }

  close(): void {
    this.agent.destroy();
  }

  private ask(method: string, path: string, body?: string): Promise<string> {
    const sent = body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        this.url + path,
        { method, agent: this.agent, headers: { cookie: this.cookie, origin: this.url, ...sent } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if ((answer.statusCode ?? 500) < 300) resolve(text);
            else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 300)}`));
          });
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }
}
