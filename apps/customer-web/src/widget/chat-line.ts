import type { VisitorClientEvents, VisitorHandshake, VisitorMessage, VisitorSend, VisitorServerEvents } from '@claimline/protocol';
import { io, type Socket } from 'socket.io-client';
import type { Store, WidgetSettings } from './widget-host';

/** What the line tells whoever uses it. */
export interface LineListener {
  welcomed(welcome: Parameters<VisitorServerEvents['chat:welcome']>[0]): void;
  came(message: VisitorMessage): void;
  typing(who: { name: string; active: boolean }): void;
  readByUs(seq: number): void;
  /** The connection is gone; it is sought again by itself. */
  lost(): void;
  /** The hub does not let this page in: a code of its errors. */
  refused(code: string): void;
}

/** An answer of the hub, or the code of why not. `lost`: nobody knows whether it heard. */
export type Answer<T> = { readonly ok: T } | { readonly no: string };

const ANSWER_MS = 6_000;
const RETRY_MS = 4_000;
const BUSY_MS = 20_000;
// What asking again cannot change.
const FOR_GOOD = new Set(['wrong-origin', 'not-found', 'malformed']);

/**
 * The connection to the hub. Every answer is waited for: a network that only carries one way (a phone between two masts) looks open for
 * minutes, so whoever does not answer in six seconds is left and sought anew.
 */
export class ChatLine {
  private readonly socket: Socket<VisitorServerEvents, VisitorClientEvents>;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly settings: WidgetSettings,
    private readonly store: Store,
    private readonly listener: LineListener,
  ) {
    const auth = (give: (hello: object) => void): void => give(this.hello());
    this.socket = io(`${settings.hub}/visitor`, {
      auth,
      transports: ['websocket'],
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      timeout: 8_000,
    });
    this.socket.on('chat:welcome', (welcome) => listener.welcomed(welcome));
    this.socket.on('chat:message', (message) => listener.came(message));
    this.socket.on('chat:typing', (who) => listener.typing(who));
    this.socket.on('chat:read', ({ seq }) => listener.readByUs(seq));
    this.socket.on('connect_error', (error) => this.failed(error.message));
    this.socket.on('disconnect', (reason) => {
      listener.lost();
      // The hub has ended it (a restart, a limit): socket.io does not come back by itself then.
      if (reason === 'io server disconnect') this.again(RETRY_MS);
    });
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  connect(): void {
    clearTimeout(this.retry);
    if (!this.socket.connected) this.socket.connect();
  }

  close(): void {
    clearTimeout(this.retry);
    this.socket.disconnect();
  }

  /** Leaves a connection that does not answer, and seeks a new one. */
  renew(): void {
    this.socket.disconnect();
    this.connect();
  }

  send(message: VisitorSend): Promise<Answer<{ messageId: string; seq: number }>> {
    return this.ask((socket) => socket.emitWithAck('chat:send', message));
  }

  async resume(lastSeq: number): Promise<Answer<readonly VisitorMessage[]>> {
    const answer = await this.ask((socket) => socket.emitWithAck('chat:resume', { lastSeq }));
    return 'ok' in answer ? { ok: answer.ok.messages } : answer;
  }

  tellTyping(active: boolean): void {
    if (this.socket.connected) this.socket.volatile.emit('chat:typing', { active });
  }

  tellRead(seq: number): void {
    if (this.socket.connected) this.socket.emit('chat:read', { seq });
  }

  private async ask<T>(say: (socket: ReturnType<typeof this.socket.timeout>) => Promise<T | { error: string }>): Promise<Answer<T>> {
    if (!this.socket.connected) return { no: 'lost' };
    const { id } = this.socket;
    try {
      const answer = await say(this.socket.timeout(ANSWER_MS));
      return typeof answer === 'object' && answer !== null && 'error' in answer ? { no: answer.error } : { ok: answer as T };
    } catch {
      if (this.socket.connected && this.socket.id === id) this.renew();
      return { no: 'lost' };
    }
  }

  private hello(): VisitorHandshake {
    const { inbox, language, identity } = this.settings;
    return { inbox, language, identity, token: this.store.get('token') };
  }

  private failed(code: string): void {
    this.listener.lost();
    if (FOR_GOOD.has(code)) return this.listener.refused(code);
    // The hub has answered, and said no: socket.io takes that for final, but a limit passes.
    if (!this.socket.active) this.again(code === 'too-many-requests' ? BUSY_MS : RETRY_MS);
  }

  private again(milliseconds: number): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), milliseconds);
  }
}
