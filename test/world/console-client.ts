import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationItem, Message, Thread } from '@claimline/protocol';
import { io, type Socket } from 'socket.io-client';

/** An answer with its status: stories look at refusals too. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Somebody at the console: signed in, over the same REST and sockets that the browser uses. */
export class ConsoleClient {
  private constructor(
    readonly url: string,
    private readonly cookie: string,
    readonly me: { id: string; name: string },
  ) {}

  static async signIn(url: string, person: { email: string; password: string }): Promise<ConsoleClient> {
    const response = await fetch(`${url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email: person.email, password: person.password }),
    });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return new ConsoleClient(url, cookie, (await response.json()) as { id: string; name: string });
  }

  async call<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      headers: { cookie: this.cookie, origin: this.url, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Body };
  }

  /** For a `fetch` that wants bytes. */
  get signedIn(): Record<string, string> {
    return { cookie: this.cookie, origin: this.url };
  }

  async get<Body>(path: string): Promise<Body> {
    const { status, body } = await this.call<Body>('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  find(words: string): Promise<{ items: ConversationItem[]; next: string | null }> {
    return this.get(`/api/conversations?q=${encodeURIComponent(words)}`);
  }

  conversation(id: string): Promise<Conversation> {
    return this.get(`/api/conversations/${id}`);
  }

  thread(id: string, limit = 100): Promise<Thread> {
    return this.get(`/api/conversations/${id}/messages?limit=${limit}`);
  }

  reply(id: string, text: string, more: Record<string, unknown> = {}, key = randomUUID()): Promise<Answer<Message>> {
    return this.call<Message>('POST', `/api/conversations/${id}/messages`, { text, ...more }, { 'idempotency-key': key });
  }

  /** A socket as the console opens it. The caller closes it. */
  socket(): Socket {
    return io(`${this.url}/console`, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.cookie, origin: this.url },
      reconnectionDelay: 100,
      reconnectionDelayMax: 300,
    });
  }
}
