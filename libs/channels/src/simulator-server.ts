import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Failpoint, OutboxEntry, SimulatedAnswer, Simulator, StartSimulator } from './simulator';

/** What {@link SimulatorServer} has to know before it listens. */
export interface SimulatorServerOptions {
  /** The vendors to host, by channel kind; each answers below `/<kind>/`. */
  readonly kinds: Readonly<Record<string, StartSimulator>>;
  /** Told of every message that a customer's device got. */
  received(entry: OutboxEntry): void;
  now(): Date;
  /** 0 takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Whether a client may keep its connection; tests that look for leaks say no. */
  readonly keepAlive?: boolean;
  /** Answers instead of the vendor, e.g. to play a broken or hostile one. Undefined lets the vendor answer. */
  intercept?(request: SimulatedRequest): SimulatedAnswer | undefined;
  /** What is to happen within a sending of this kind, asked once for each; undefined: nothing. */
  failpointFor?(kind: string): Failpoint | undefined;
  /** Requests that belong to no vendor; without it they are answered 404. */
  otherwise?(request: IncomingMessage, response: ServerResponse): void;
}

/** A call of a vendor's API, with `path` below the vendor's base address. */
export type SimulatedRequest = Parameters<Simulator['handle']>[0];

/** Hosts vendors in a box over real HTTP, on one port, each below a folder named by its channel kind. */
export class SimulatorServer {
  private readonly running = new Map<string, Simulator>();
  private readonly server: Server;
  private address = '';
  private closing: Promise<void> | undefined;

  private constructor(private readonly options: SimulatorServerOptions) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Listens, then starts the vendors, so that each knows its own address. */
  static async start(options: SimulatorServerOptions): Promise<SimulatorServer> {
    const self = new SimulatorServer(options);
    const host = options.host ?? '127.0.0.1';
    await new Promise<void>((resolve, reject) => self.server.once('error', reject).listen(options.port ?? 0, host, resolve));
    self.address = `http://${host}:${(self.server.address() as AddressInfo).port}`;
    for (const [kind, start] of Object.entries(options.kinds)) self.running.set(kind, await start(self.hostOf(kind)));
    return self;
  }

  /** Where it listens, without a trailing slash. */
  get origin(): string {
    return this.address;
  }

  /** The vendors it hosts, by channel kind. */
  get simulators(): ReadonlyMap<string, Simulator> {
    return this.running;
  }

  /** Ends every vendor and every connection; a second call waits for the first. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await Promise.all([...this.running.values()].map((simulator) => simulator.close()));
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private hostOf(kind: string) {
    const { received, now } = this.options;
    return {
      baseUrl: `${this.address}/${kind}`,
      received: (entry: OutboxEntry) => received(entry),
      now: () => now(),
      failpoint: () => this.options.failpointFor?.(kind),
    };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address);
    const [, kind = '', ...rest] = url.pathname.split('/');
    const simulator = this.running.get(kind);
    if (!simulator) return this.stranger(request, response);
    try {
      const call = {
        method: request.method ?? 'GET',
        path: `/${rest.join('/')}`,
        query: url.searchParams,
        headers: plainHeaders(request),
        body: await bodyOf(request),
      };
      // Only what sends counts: questions do not.
      const failpoint = call.method === 'POST' ? this.options.failpointFor?.(kind) : undefined;
      if (failpoint?.at === 'received') return lose(response, failpoint);
      const answer = this.options.intercept?.(call) ?? (await simulator.handle(call));
      if (failpoint?.at === 'accepted') failpoint.strike();
      if (failpoint?.at === 'half-answered') await half(response, failpoint);
      if (failpoint?.at === 'answered') response.once('finish', () => failpoint.strike());
      this.give(answer ?? { status: 404, body: 'not found' }, response);
    } catch (error) {
      if (!response.headersSent) this.give({ status: 500, body: String(error) }, response);
    }
  }

  private stranger(request: IncomingMessage, response: ServerResponse): void {
    if (this.options.otherwise) return this.options.otherwise(request, response);
    this.give({ status: 404, body: 'not found' }, response);
  }

  private give(answer: SimulatedAnswer, response: ServerResponse): void {
    if (answer === 'hang' || response.headersSent) return;
    if (answer === 'die') return void response.destroy();
    if (answer === 'die-mid-answer') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '64' });
      // The first half has to leave before the connection breaks, or the client sees no answer at all.
      return void response.write('{"sid":"', () => response.destroy());
    }
    const connection: Record<string, string> = this.options.keepAlive === false ? { connection: 'close' } : {};
    response.writeHead(answer.status, { ...answer.headers, ...connection });
    response.end(answer.body);
  }
}

function lose(response: ServerResponse, failpoint: Failpoint): void {
  failpoint.strike();
  response.destroy();
}

/** Half of what looks like an answer leaves; the rest never does. */
function half(response: ServerResponse, failpoint: Failpoint): Promise<void> {
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': '64' });
  return new Promise((resolve) => {
    response.write('{"sid":"', () => {
      failpoint.strike();
      response.destroy();
      resolve();
    });
  });
}

function plainHeaders(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
