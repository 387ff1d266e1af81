import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A text as the vendor was asked to send it. */
export interface Ordered {
  readonly to: string;
  readonly text: string;
  /** When the request came in, by this process's `performance.now()`. */
  readonly at: number;
}

/** A vendor that takes every text at once, as Twilio's API would, and says when it was asked. */
export class Vendor {
  private readonly listeners = new Set<(ordered: Ordered) => void>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Vendor> {
    const server = createServer();
    const vendor = new Vendor(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void vendor.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return vendor;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Tells of every text from now on, until the returned function is called. */
  listen(listener: (ordered: Ordered) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const [to, text] = [form.get('To') ?? '', form.get('Body') ?? ''];
    for (const listener of this.listeners) listener({ to, text, at });
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end(JSON.stringify({ sid, status: 'queued', to, body: text, from: form.get('From') }));
  }
}
