import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { Conversations, maySee } from '@claimline/conversations';
import { Database } from '@claimline/database';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@claimline/protocol';
import type { Namespace, Socket } from 'socket.io';
import type { Config } from '../config';
import { isOurOrigin } from '../http/origin';
import { Authenticator, SESSION_COOKIE, type Principal } from '../http/principal';
import { socketsGauge } from '../operations/metrics';
import { Given } from '../platform/plain';
import { CONFIG } from '../platform/tokens';
import { Audience, type Addressed } from './audience';
import { LogTail } from './log-tail';
import { PresenceLink } from './presence-link';

interface SocketState {
  who: Principal;
  token: string;
  /** The conversation on this screen. */
  viewing: string | null;
  /** Set once the console has said from where it knows everything; before that it gets nothing. */
  live: boolean;
}

export type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, Record<string, never>, SocketState>;

/** Hears who of our people types where, and when they stop. */
export type TypingListener = (conversationId: string, name: string, isActive: boolean) => void;

const RECHECK_MS = 60_000;
const room = (conversationId: string): string => `conversation:${conversationId}`;

/** The consoles' sockets: what changed, who types, who looks. A session opens it, and its end closes it. */
@WebSocketGateway({ namespace: '/console', transports: ['websocket'] })
export class ConsoleGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  @WebSocketServer() private readonly server!: Namespace<ConsoleClientEvents, ConsoleServerEvents, Record<string, never>, SocketState>;
  private readonly typists: TypingListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly authenticator: Authenticator,
    private readonly conversations: Conversations,
    private readonly audience: Audience,
    private readonly tail: LogTail,
    private readonly presence: PresenceLink,
    @Given(CONFIG) private readonly config: Config,
  ) {}

  afterInit(server: Namespace): void {
    server.use((socket, next) => {
      this.admit(socket as ConsoleSocket).then(
        (admitted) => next(admitted ? undefined : new Error('not-signed-in')),
        () => next(new Error('unavailable')),
      );
    });
    this.tail.on(async (events, upTo) => {
      const batch = await this.audience.address(events);
      for (const [who, ids] of this.likeMinded(batch)) {
        const heard = this.audience.forViewer(who, batch);
        if (heard.length > 0) this.server.local.to(ids).emit('events', heard, upTo);
      }
    });
  }

  // People who may see the same hear the same: decided and written once for all of them, which matters with a thousand consoles.
  private likeMinded(batch: readonly Addressed[]): Iterable<[Principal, string[]]> {
    const groups = new Map<string, [Principal, string[]]>();
    for (const { id, data } of (this.server.sockets as Map<string, ConsoleSocket>).values()) {
      if (!data.live) continue;
      const key = this.audience.groupOf(data.who, batch);
      const known = groups.get(key);
      if (known) known[1].push(id);
      else groups.set(key, [data.who, [id]]);
    }
    return groups.values();
  }

  private async admit(socket: ConsoleSocket): Promise<boolean> {
    const { origin, host, cookie } = socket.handshake.headers;
    if (!isOurOrigin(origin, host, this.config.publicUrl)) return false;
    const token = readCookie(cookie, SESSION_COOKIE);
    const who = token ? await this.authenticator.bySession(token) : undefined;
    if (!who || !token) return false;
    socket.data = { who, token, viewing: null, live: false };
    return true;
  }

  async handleConnection(socket: ConsoleSocket): Promise<void> {
    socketsGauge.inc({ namespace: 'console' });
    const timer = setInterval(() => void this.recheck(socket), RECHECK_MS);
    socket.once('disconnect', () => clearInterval(timer));
    await this.presence.connected(socket.data.who.id, socket.id);
  }

  async handleDisconnect(socket: ConsoleSocket): Promise<void> {
    socketsGauge.dec({ namespace: 'console' });
    if (!socket.data.who) return;
    // Nest lets a rejection of this hook end the process: nobody's leaving may take the others along.
    if (socket.data.viewing) await this.tellViewers(socket.data.viewing).catch(() => undefined);
    await this.presence.disconnected(socket.data.who.id, socket.id);
  }

  /** "I know everything up to here": the rest follows. Without a position, or with one too old, the answer says from where it goes on and the console reads anew. */
  @SubscribeMessage('resume')
  async resume(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() from: { position: number | null }): Promise<{ position: number }> {
    const position = Number.isSafeInteger(from?.position) ? from.position : null;
    const caughtUp = position === null ? this.tail.position : await this.catchUp(socket, position);
    socket.data.live = true;
    return { position: caughtUp };
  }

  // Until nothing lies between what was read and what the tail has already told the others; from there on the tail tells this one too.
  private async catchUp(socket: ConsoleSocket, position: number): Promise<number> {
    let at = position;
    do {
      const missed = await this.audience.missed(socket.data.who, at);
      if (!missed) return this.tail.position;
      if (missed.events.length > 0) socket.emit('events', missed.events, missed.upTo);
      at = missed.upTo;
    } while (at < this.tail.position);
    return at;
  }

  @SubscribeMessage('typing')
  async typing(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() what: { conversationId: string; active: boolean }): Promise<void> {
    if (typeof what?.conversationId !== 'string' || socket.data.viewing !== what.conversationId) return;
    socket
      .to(room(what.conversationId))
      .emit('typing', { conversationId: what.conversationId, name: socket.data.who.name, side: 'colleague', active: what.active === true });
    for (const listener of this.typists) listener(what.conversationId, socket.data.who.name, what.active === true);
  }

  /** Tells whenever one of our people at this replica types in a conversation. */
  onTyping(listener: TypingListener): void {
    this.typists.push(listener);
  }

  @SubscribeMessage('viewing')
  async viewing(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() what: { conversationId: string | null }): Promise<void> {
    const before = socket.data.viewing;
    const wanted = typeof what?.conversationId === 'string' ? what.conversationId : null;
    const now = wanted && (await this.mayView(socket.data.who, wanted)) ? wanted : null;
    socket.data.viewing = now;
    if (before) await socket.leave(room(before));
    if (now) await socket.join(room(now));
    for (const id of new Set([before, now])) if (id) await this.tellViewers(id);
  }

  /** Tells the consoles that look at a conversation that its customer is typing. */
  customerTyping(conversationId: string, name: string, active: boolean): void {
    this.server.to(room(conversationId)).emit('typing', { conversationId, name, side: 'customer', active });
  }

  private async mayView(who: Principal, conversationId: string): Promise<boolean> {
    const row = await this.conversations.find(this.database, conversationId).catch(() => undefined);
    return row !== undefined && maySee(who, row);
  }

  private async tellViewers(conversationId: string): Promise<void> {
    const sockets = await this.server.in(room(conversationId)).fetchSockets();
    const people = new Map(sockets.map((socket) => [socket.data.who.id, { id: socket.data.who.id, name: socket.data.who.name }]));
    this.server.to(room(conversationId)).emit('viewers', { conversationId, people: [...people.values()] });
  }

  private async recheck(socket: ConsoleSocket): Promise<void> {
    const who = await this.authenticator.bySession(socket.data.token).catch(() => socket.data.who);
    if (who) {
      socket.data.who = who;
      await this.presence.connected(who.id, socket.id).catch(() => undefined);
      return;
    }
    socket.emit('signed-out');
    socket.disconnect(true);
  }
}

function readCookie(header: string | undefined, name: string): string | undefined {
  const pair = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair && decodeURIComponent(pair.slice(name.length + 1));
}
