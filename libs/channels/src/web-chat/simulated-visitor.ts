import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { SimulatedFile, SimulatedLine } from '../simulator';

const ANSWER_MS = 10_000;

/** What the hub says of one message in a visitor's thread. */
export interface SeenMessage {
  readonly id: string;
  readonly seq: number;
  readonly mine: boolean;
  readonly text: string;
  readonly at: string;
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly size: number | null }[];
}

/** A browser with the chat open: the same socket, frames and upload that the widget uses. Its token outlives a lost connection. */
export class SimulatedVisitor {
  private readonly socket: Socket;
  private token: string | undefined;
  private lastSeq = 0;

  constructor(
    private readonly line: SimulatedLine,
    page: string,
    private readonly got: (message: SeenMessage) => void,
  ) {
    const auth = (give: (hello: object) => void): void => give({ inbox: line.inboxId, token: this.token, language: 'zh-CN' });
    this.socket = io(`${this.hub}/visitor`, {
      auth,
      transports: ['websocket'],
      extraHeaders: { origin: page },
      forceNew: true,
      reconnectionDelay: 200,
    });
    this.socket.on('chat:welcome', (welcome: { token: string }) => {
      this.token = welcome.token;
      void this.catchUp();
    });
    this.socket.on('chat:message', (message: SeenMessage) => this.take(message));
  }

  /** Says something; answers with what the hub said, after it is on disk there. */
  async say(
    text: string,
    files: readonly SimulatedFile[] = [],
    id: string = randomUUID(),
  ): Promise<{ id: string; status: number; body: string }> {
    await this.connected();
    const attachments = await Promise.all(files.map((file) => this.upload(file)));
    const answer = (await this.socket.timeout(ANSWER_MS).emitWithAck('chat:send', { clientMsgId: id, text, attachments })) as {
      error?: string;
    };
    return { id, status: answer.error ? 422 : 200, body: JSON.stringify(answer) };
  }

  /** Has read everything that came. */
  async read(): Promise<void> {
    await this.connected();
    this.socket.emit('chat:read', { seq: this.lastSeq });
  }

  close(): void {
    this.socket.disconnect();
  }

  private get hub(): string {
    return this.line.webhookUrl.replace(/\/webhooks\/.*$/, '');
  }

  private async connected(): Promise<void> {
    if (this.socket.connected && this.token) return;
    await new Promise<void>((resolve, reject) => {
      this.socket.once('chat:welcome', () => resolve());
      this.socket.once('connect_error', (error) => reject(new Error(`the hub does not let this visitor in: ${error.message}`)));
    });
  }

  private async catchUp(): Promise<void> {
    const gap = (await this.socket
      .timeout(ANSWER_MS)
      .emitWithAck('chat:resume', { lastSeq: this.lastSeq })
      .catch(() => ({}))) as { messages?: SeenMessage[] };
    for (const message of gap.messages ?? []) this.take(message);
  }

  private take(message: SeenMessage): void {
    if (message.seq <= this.lastSeq) return;
    this.lastSeq = message.seq;
    if (!message.mine) this.got(message);
  }

  private async upload({ name, contentType, content }: SimulatedFile): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)], { type: contentType }), name);
    const response = await fetch(`${this.hub}/visitor/${this.line.inboxId}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
      body: form,
    });
    if (!response.ok) throw new Error(`the hub does not take the file: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }
}
