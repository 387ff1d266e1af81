import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsoleClient } from '@claimline/test';
import type { ConsoleEvent, Thread } from '@claimline/protocol';
import { io, type Socket } from 'socket.io-client';

// As the console has them.
const PATIENCE_MS = 20_000;
const PAUSE_MS = 60;
const RECONNECT = { reconnectionDelay: 300, reconnectionDelayMax: 1_000, timeout: PATIENCE_MS };

/**
 * What one console knows: the events it has heard of, by the same steps as the browser (resume from the last position after every break), and,
 * where it has a conversation open, the messages of it, read again whenever an event says that they are stale.
 */
export class Screen {
  /** Positions of the events of the watched conversations, in the order in which they were applied. */
  readonly heard: number[] = [];
  /** Messages of the open conversation, oldest first. */
  shown: readonly string[] = [];
  /** Requests that it has made beside its socket. */
  requests = 0;
  /** When it last learnt something, milliseconds of this process. */
  learntAt = 0;
  private firstOpenedAt: number | undefined;
  private position: number | null = null;
  private isLive = false;
  private readonly socket: Socket;
  private reading: { again: boolean } | undefined;

  constructor(
    url: string,
    private readonly person: ConsoleClient,
    private readonly watched: ReadonlySet<string>,
    readonly open?: string,
  ) {
    const { cookie } = person.signedIn;
    this.socket = io(`${url}/console`, {
      transports: ['websocket'],
      extraHeaders: { cookie: cookie!, origin: url },
      forceNew: true,
      ...RECONNECT,
    });
    this.socket.io.on('open', () => (this.firstOpenedAt ??= performance.now()));
    this.socket.on('connect', () => this.resume());
    this.socket.on('events', (batch: ConsoleEvent[], upTo: number) => this.apply(batch, upTo));
    this.socket.on('disconnect', (reason) => {
      if (this.isLive) this.firstOpenedAt = undefined;
      this.isLive = false;
      if (reason === 'io server disconnect') setTimeout(() => this.socket.connect(), 1_000);
    });
    this.socket.on('connect_error', () => {
      // A refused handshake is not retried by the library itself.
      if (!this.socket.active) setTimeout(() => this.socket.connect(), 3_000);
    });
  }

  /** Whether it follows the hub, as far as it knows. */
  get live(): boolean {
    return this.isLive;
  }

  /** When a connection first stood again after it had last followed the hub, milliseconds of this process: one that is refused then counts too. */
  get openedAt(): number {
    return this.firstOpenedAt ?? 0;
  }

  /** Whether it reads nothing. */
  get isResting(): boolean {
    return this.reading === undefined;
  }

  close(): void {
    this.socket.disconnect();
  }

  private resume(): void {
    this.socket.timeout(PATIENCE_MS).emit('resume', { position: this.position }, (error: Error | null, now?: { position: number }) => {
      if (error) return void this.socket.disconnect().connect();
      this.position = Math.max(this.position ?? 0, now?.position ?? 0);
      this.isLive = true;
      this.learnt();
      this.refresh();
    });
  }

  private apply(batch: readonly ConsoleEvent[], upTo: number): void {
    const fresh = batch
      .filter(({ position }) => this.position === null || position > this.position)
      .sort((a, b) => a.position - b.position);
    this.position = Math.max(this.position ?? 0, upTo);
    const mine = fresh.filter(({ conversationId }) => conversationId !== null && this.watched.has(conversationId));
    this.heard.push(...mine.map(({ position }) => position));
    if (mine.length > 0) this.learnt();
    if (mine.some(({ conversationId }) => conversationId === this.open)) this.refresh();
  }

  /** Reads the open conversation again, never twice at once and never without a pause. */
  private refresh(): void {
    if (!this.open) return;
    if (this.reading) this.reading.again = true;
    else void this.read(this.open);
  }

  private async read(conversation: string): Promise<void> {
    const run: { again: boolean } = { again: true };
    this.reading = run;
    while (run.again) {
      run.again = false;
      this.requests += 1;
      const thread = await this.person.thread(conversation).catch((): Thread | undefined => undefined);
      if (thread) this.show(thread.items.map(({ id }) => id));
      await sleep(PAUSE_MS);
    }
    this.reading = undefined;
  }

  private show(messages: readonly string[]): void {
    if (messages.join() === this.shown.join()) return;
    this.shown = messages;
    this.learnt();
  }

  private learnt(): void {
    this.learntAt = performance.now();
  }
}
