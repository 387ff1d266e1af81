import { randomBytes } from 'node:crypto';
import type { CustomerAction, SimulatedLine, Simulator, SimulatorHost, StartSimulator } from '../simulator';
import { SimulatedVisitor } from './simulated-visitor';

/** Website visitors in a box. There is no vendor between them and the hub, so there is no vendor's API and nothing that could misbehave. */
class WebChatSimulator implements Simulator {
  readonly kind = 'web-chat';
  private readonly lines = new Map<string, SimulatedLine>();
  private readonly visitors = new Map<string, SimulatedVisitor>();

  constructor(private readonly host: SimulatorHost) {}

  async handle(): Promise<undefined> {
    return undefined;
  }

  async connect(line: SimulatedLine): Promise<void> {
    this.lines.set(line.inboxId, line);
  }

  async act(line: SimulatedLine, action: CustomerAction): Promise<{ id: string; status: number; body: string }> {
    if (action.do === 'message') return this.visitor(line, action.from.value).say(action.text, action.media, action.id);
    if (action.do !== 'read') throw new Error(`a website visitor cannot do "${action.do}"`);
    await this.visitor(line, action.from.value).read();
    return { id: action.externalId, status: 200, body: '' };
  }

  misbehave(): void {
    // Nothing stands between a visitor and the hub.
  }

  newLine(address: string): { config: Record<string, unknown>; secrets: Record<string, string> } {
    const config = { site: address, title: '在线理赔服务', allowedOrigins: [this.page] };
    return { config, secrets: { identitySecret: randomBytes(32).toString('hex') } };
  }

  async close(): Promise<void> {
    for (const visitor of this.visitors.values()) visitor.close();
  }

  /** The website that they are on. */
  private get page(): string {
    return new URL(this.host.baseUrl).origin;
  }

  private visitor(line: SimulatedLine, name: string): SimulatedVisitor {
    const key = `${line.inboxId} ${name}`;
    const known = this.visitors.get(key);
    if (known) return known;
    const { title } = line.config;
    const visitor = new SimulatedVisitor(line, this.page, ({ id, text, at, attachments }) =>
      this.host.received({
        id,
        channel: this.kind,
        from: String(title ?? line.address),
        to: name,
        text,
        at,
        attachments: attachments.map((file) => ({ name: file.name, contentType: file.contentType, size: file.size ?? 0 })),
      }),
    );
    this.visitors.set(key, visitor);
    return visitor;
  }
}

/** Starts the visitors' box. */
export const startWebChatSimulator: StartSimulator = async (host) => new WebChatSimulator(host);
