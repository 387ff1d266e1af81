import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ChannelError,
  EMPTY_OK,
  type Channel,
  type ChannelDeps,
  type Deliver,
  type Door,
  type Inbound,
  type InboundEvent,
  type OutboundMessage,
  type WebhookRequest,
  type WebhookResponse,
} from '@claimline/messages';
import type { ChannelKind } from '../channel-kind';
import type { CustomerAction, OutboxEntry, Simulator, SimulatedAnswer, SimulatedLine } from '../simulator';
import { SimulatorServer, type SimulatedRequest } from '../simulator-server';
import type { ContractHarness } from './contract-harness';
import { LogRecorder } from './log-recorder';
import { MailReceiver } from './mail-receiver';
import { memoryState } from './memory-state';
import { SocketReceiver } from './socket-receiver';

/** What came through a door of the stage's inbox, as it came. */
export interface Heard {
  readonly request?: WebhookRequest;
  readonly events: readonly InboundEvent[];
  readonly response?: WebhookResponse;
  readonly error?: unknown;
}

/** One channel between a vendor in a box and a hub that only listens: what every rule of the contract is played on. */
export class Stage {
  readonly heard: Heard[] = [];
  readonly outbox: OutboxEntry[] = [];
  readonly log = new LogRecorder();
  /** Every address that the channel's `fetch` was asked for. */
  readonly fetched: string[] = [];
  /** Plays a broken or hostile vendor, where set. */
  intercept: ((request: SimulatedRequest) => SimulatedAnswer | undefined) | undefined;
  readonly state = memoryState();
  /** Milliseconds that the channel's `fetch` waits for an answer: long, so that a busy machine is no broken vendor. */
  patience = 10_000;
  line!: SimulatedLine;
  channel!: Channel;
  private vendor!: SimulatorServer;
  private hub!: Server;
  private mail: MailReceiver | undefined;
  private sockets: SocketReceiver | undefined;
  private readonly opened: Channel[] = [];
  private readonly streams: { abort: AbortController; ended: Promise<void> }[] = [];
  private sent = 0;

  private constructor(
    readonly kind: ChannelKind,
    readonly harness: ContractHarness,
  ) {}

  /** Starts the vendor and a hub, connects one line and opens the channel on it. */
  static async set(kind: ChannelKind, harness: ContractHarness): Promise<Stage> {
    const self = new Stage(kind, harness);
    self.vendor = await SimulatorServer.start({
      kinds: { [kind.kind]: harness.start },
      received: (entry) => self.outbox.push(entry),
      now: () => new Date(),
      keepAlive: false,
      intercept: (request) => self.intercept?.(request),
    });
    await self.startHub();
    const made = self.simulator.newLine(harness.line);
    self.line = {
      inboxId: 'contract',
      kind: kind.kind,
      address: harness.line,
      webhookUrl: `http://127.0.0.1:${(self.hub.address() as AddressInfo).port}/webhooks/contract`,
      mail: self.mail && { host: '127.0.0.1', port: self.mail.port },
      config: { ...made.config, ...harness.config },
      secrets: made.secrets,
    };
    self.channel = self.open(self.line);
    if (self.has('socket')) self.sockets = SocketReceiver.on(self.hub, self.door('socket'), (heard) => self.heard.push(heard));
    await self.simulator.connect(self.line);
    self.listen();
    return self;
  }

  get simulator(): Simulator {
    const simulator = this.vendor.simulators.get(this.kind.kind);
    if (!simulator) throw new Error('the simulator is not running');
    return simulator;
  }

  /** Where the vendor's HTTP interface listens. */
  get simulatorOrigin(): string {
    return this.vendor.origin;
  }

  /** Opens another channel on the same vendor, e.g. with wrong settings. */
  open(settings: { config: SimulatedLine['config']; secrets: SimulatedLine['secrets'] }): Channel {
    const config = this.kind.config.parse(settings.config);
    const channel = this.kind.open({ config, secrets: this.kind.secrets.parse(settings.secrets) }, this.deps(this.kind.address(config)));
    this.opened.push(channel);
    return channel;
  }

  deps(address: string): ChannelDeps {
    return {
      inbox: { id: 'contract', address, name: 'Contract', region: 'US', webhookUrl: this.line.webhookUrl },
      fetch: (input, init) => this.fetch(input, init),
      clock: { now: () => new Date() },
      log: this.log,
      state: this.state,
      push: async (visitor, event, payload) => {
        this.outbox.push({
          id: `${++this.sent}`,
          channel: this.kind.kind,
          from: address,
          to: visitor,
          text: textOf(payload),
          at: new Date().toISOString(),
          raw: { event },
        });
      },
      // Shaped as the hub's: 16 characters of lower-case base32.
      sign: (text) =>
        Buffer.from(`${text}0123456789`)
          .toString('hex')
          .slice(0, 16)
          .replace(/[018-9]/g, 'a'),
    };
  }

  /** A message for the harness's customer; every call makes a new one. */
  message(over: Partial<OutboundMessage> = {}): OutboundMessage {
    const id = `${Date.now()}-${++this.sent}`;
    return {
      deliveryId: `delivery-${id}`,
      messageId: `message-${id}`,
      to: this.harness.customer,
      cc: [],
      text: `Your claim has moved on (${id}).`,
      language: 'en',
      attachments: [],
      firstTriedAt: new Date(),
      ...this.harness.outbound,
      ...over,
    };
  }

  /** Lets the customer act and waits until the hub has heard of it. */
  async act(
    action: CustomerAction,
    wait: (heard: readonly Heard[]) => boolean = (heard) => heard.some((one) => one.events.length > 0),
  ): Promise<readonly Heard[]> {
    const before = this.heard.length;
    await this.simulator.act(this.line, action);
    await this.until(() => wait(this.heard.slice(before)), `the hub to hear of "${action.do}"`);
    return this.heard.slice(before);
  }

  /** All events that came through any door so far. */
  events(): InboundEvent[] {
    return this.heard.flatMap((one) => one.events);
  }

  /** Lets the customer do what a sent message needs before it is on the device. */
  async settle(): Promise<void> {
    await this.harness.settle?.(this.simulator, this.line);
  }

  /** From here on a vendor that does not answer is given up soon. */
  hurry(): void {
    this.patience = this.harness.patience ?? 300;
  }

  /** The error that `work` rejects with; fails when it does not, or when it is not a `ChannelError`. */
  async failure(work: Promise<unknown>): Promise<ChannelError> {
    const outcome = await work.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (!('error' in outcome)) throw new Error(`expected a ChannelError, got ${JSON.stringify(outcome.value)}`);
    this.log.keep(outcome.error);
    if (!(outcome.error instanceof ChannelError))
      throw new Error(`expected a ChannelError, got ${String(outcome.error)}`, { cause: outcome.error });
    return outcome.error;
  }

  /** Gives a request to the webhook door, as the hub does. */
  async knock(request: WebhookRequest): Promise<Heard> {
    try {
      const inbound = await this.door('webhook').receive(request);
      return { request, events: inbound.events, response: this.answer(inbound, false) };
    } catch (error) {
      this.log.keep(error);
      return { request, events: [], error, response: { status: statusOf(error), headers: {}, body: '' } };
    }
  }

  /** Turns what was read into the provider's answer, with the harness's steps for calls. */
  answer(inbound: Inbound, duplicate: boolean): WebhookResponse {
    const steps = inbound.events.flatMap((event) => this.harness.steps?.(event) ?? []);
    return inbound.answer?.({ duplicate, steps }) ?? EMPTY_OK;
  }

  door<Via extends Door['via']>(via: Via): Extract<Door, { via: Via }> {
    const door = this.channel.doors.find((one) => one.via === via);
    if (!door) throw new Error(`${this.kind.kind} has no ${via} door`);
    return door as Extract<Door, { via: Via }>;
  }

  has(via: Door['via']): boolean {
    return this.channel.doors.some((door) => door.via === via);
  }

  /** Runs every stream door; `deliver` stands in for the hub's storage. */
  listen(deliver: Deliver = async (inbound) => void this.heard.push({ events: inbound.events })): void {
    for (const door of this.channel.doors) {
      if (door.via !== 'stream') continue;
      const abort = new AbortController();
      this.streams.push({ abort, ended: door.run(deliver, abort.signal).catch((error: unknown) => this.log.keep(error)) });
    }
  }

  /** Aborts every stream; resolves with the milliseconds that the slowest one took to end. */
  async stopListening(): Promise<number> {
    const start = Date.now();
    const stopped = this.streams.splice(0);
    for (const { abort } of stopped) abort.abort();
    await Promise.all(stopped.map(({ ended }) => ended));
    return Date.now() - start;
  }

  /** Waits for something to become true; two seconds unless told. */
  async until(what: () => boolean, name: string, milliseconds = 2_000): Promise<void> {
    const end = Date.now() + milliseconds;
    while (!what()) {
      if (Date.now() > end) throw new Error(`waited ${milliseconds} ms for ${name}; log:\n${this.log.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Takes the vendor off the net: connections are refused from here on. */
  async unplugVendor(): Promise<void> {
    await this.vendor.close();
  }

  /** Closes every channel that was opened; the rest of the stage stays. */
  async closeChannels(): Promise<void> {
    await this.stopListening();
    await Promise.all(this.opened.splice(0).map((channel) => channel.close()));
  }

  async close(): Promise<void> {
    await this.closeChannels();
    await this.vendor.close();
    await this.mail?.close();
    await this.sockets?.close();
    this.hub.closeAllConnections();
    await new Promise((resolve) => this.hub.close(resolve));
  }

  private async startHub(): Promise<void> {
    this.hub = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => this.hub.listen(0, '127.0.0.1', resolve));
    this.mail = await MailReceiver.start(async (envelope, raw) => {
      const inbound = await this.door('mail').receive(envelope, raw);
      this.heard.push({ events: inbound.events });
    });
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await webhookRequest(incoming, this.line.webhookUrl);
    const heard = await this.knock(request);
    this.heard.push(heard);
    response.writeHead(heard.response?.status ?? 500, { ...heard.response?.headers, connection: 'close' });
    response.end(heard.response?.body);
  }

  private fetch: typeof fetch = async (input, init) => {
    this.fetched.push(input instanceof Request ? input.url : String(input));
    const patience = AbortSignal.timeout(this.patience);
    return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, patience]) : patience });
  };
}

async function webhookRequest(incoming: IncomingMessage, webhookUrl: string): Promise<WebhookRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const below = (incoming.url ?? '').slice(new URL(webhookUrl).pathname.length);
  return {
    method: incoming.method ?? 'GET',
    url: webhookUrl + below,
    path: below.replace(/^\//, '').replace(/\?.*$/, ''),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    body: Buffer.concat(chunks),
  };
}

function statusOf(error: unknown): number {
  if (!(error instanceof ChannelError)) return 500;
  return error.fate === 'unauthentic' ? 403 : 400;
}

function textOf(payload: unknown): string {
  const text = (payload as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : JSON.stringify(payload);
}
