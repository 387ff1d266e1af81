import net from 'node:net';

/**
 * A kept-open HTTP/1.1 connection that posts one body after the other. Written on bare sockets because the load comes from the same two cores
 * as what is measured: node's own client would take a third of one.
 */
export class Wire {
  private unread: Buffer = Buffer.alloc(0);
  private waiting: { done: (status: number) => void; failed: (error: Error) => void } | undefined;

  private constructor(
    private readonly socket: net.Socket,
    private readonly head: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.take(bytes));
    socket.on('error', (error) => this.waiting?.failed(error));
    socket.on('close', () => this.waiting?.failed(new Error('the connection was closed')));
  }

  static async open(url: string): Promise<Wire> {
    const { hostname, port, host, pathname } = new URL(url);
    const socket = net.connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new Wire(socket, `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`);
  }

  /** Resolves when the whole answer is there. @throws Error for any answer but 200 */
  async post(body: string, headers: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const answered = new Promise<number>((done, failed) => (this.waiting = { done, failed }));
    this.socket.write(`${this.head}${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    const status = await answered;
    if (status !== 200) throw new Error(`the answer was ${status}`);
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.unread = this.unread.length === 0 ? bytes : Buffer.concat([this.unread, bytes]);
    const end = this.unread.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.unread.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) return this.waiting?.failed(new Error(`an answer without its length: ${head}`));
    const whole = end + 4 + Number(length);
    if (this.unread.length < whole) return;
    this.unread = this.unread.subarray(whole);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.done(Number(head.slice(9, 12)));
  }
}
