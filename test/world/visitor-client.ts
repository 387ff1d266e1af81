import { randomUUID } from 'node:crypto';
import type { VisitorMessage, VisitorWelcome } from '@claimline/protocol';
import { io, type Socket } from 'socket.io-client';

/** The answer to a message: where it stands, or why it does not. */
export type Sent = { readonly messageId: string; readonly seq: number; readonly error?: string };

/** Somebody with the chat open on a page of the hub, over the same socket that the widget uses. The token outlives the connection. */
export class VisitorClient {
  readonly heard: VisitorMessage[] = [];
  token: string | undefined;
  private socket: Socket | undefined;

  constructor(
    private readonly hub: string,
    private readonly inboxId: string,
    /** The network address that the proxy in front of the hub tells, for a hub that trusts one. */
    private readonly address?: string,
  ) {}

  async connect(): Promise<VisitorWelcome> {
    const auth = { inbox: this.inboxId, token: this.token };
    const socket = io(`${this.hub}/visitor`, {
      auth,
      transports: ['websocket'],
      extraHeaders: { origin: this.hub, ...(this.address && { 'x-forwarded-for': this.address }) },
      reconnection: false,
      forceNew: true,
    });
    this.socket = socket;
    socket.on('chat:message', (message: VisitorMessage) => this.heard.push(message));
    const welcome = await new Promise<VisitorWelcome>((resolve, reject) => {
      socket.once('chat:welcome', resolve);
      socket.once('connect_error', reject);
    });
    this.token = welcome.token;
    return welcome;
  }

  send(text: string, clientMsgId: string = randomUUID()): Promise<Sent> {
    return this.socket!.timeout(10_000).emitWithAck('chat:send', { clientMsgId, text }) as Promise<Sent>;
  }

  /** Says something and does not wait: the line may break before the answer. */
  shout(text: string, clientMsgId: string): void {
    this.socket!.emit('chat:send', { clientMsgId, text });
  }

  async resume(lastSeq: number): Promise<readonly VisitorMessage[]> {
    const { messages } = (await this.socket!.timeout(10_000).emitWithAck('chat:resume', { lastSeq })) as { messages: VisitorMessage[] };
    return messages;
  }

  /** Cuts the line without a word, as a dead network does. */
  cut(): void {
    this.socket?.io.engine?.close();
    this.socket?.disconnect();
  }
}
