import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { VisitorThreads } from '@claimline/conversations';
import { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { VisitorMessage, VisitorWelcome } from '@claimline/protocol';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config';
import { HubProblem } from '../http/problem';
import { toProblem } from '../http/problem.filter';
import { socketsGauge } from '../operations/metrics';
import { Given } from '../platform/plain';
import { CONFIG, LOG } from '../platform/tokens';
import { ConsoleGateway } from '../realtime/console.gateway';
import { LogTail } from '../realtime/log-tail';
import { VisitorWelcomeView } from '../views/visitor-welcome.view';
import { VisitorDesk } from './visitor-desk';
import { addressOf, VisitorDoor } from './visitor-door';
import { VisitorFeed } from './visitor-feed';
import { SOCKETS_PER_ADDRESS, SOCKETS_PER_VISITOR } from './visitor-limits';
import { endFloods, roomOf, type VisitorNamespace, type VisitorSocket } from './visitor-socket';

const LOOK_MS = 2_000;
// Somebody who types sends this every few seconds; more often says nothing new.
const TYPING_MS = 500;

type Refusal = { error: string };

/** The sockets of chat widgets. Websocket only; a page that is allowed and a token open it, never the console's cookie. */
@WebSocketGateway({ namespace: '/visitor', transports: ['websocket'] })
export class VisitorGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, OnApplicationShutdown {
  private looking: NodeJS.Timeout | undefined;
  private server!: VisitorNamespace;

  constructor(
    private readonly door: VisitorDoor,
    private readonly desk: VisitorDesk,
    private readonly feed: VisitorFeed,
    private readonly welcome: VisitorWelcomeView,
    private readonly threads: VisitorThreads,
    private readonly database: Database,
    private readonly consoles: ConsoleGateway,
    private readonly tail: LogTail,
    @Given(CONFIG) private readonly config: Config,
    @Given(LOG) private readonly log: Log,
  ) {}

  afterInit(server: VisitorNamespace): void {
    this.server = server;
    this.feed.serve(server);
    server.use((socket, next) => {
      this.admit(socket as VisitorSocket).then(
        () => next(),
        (error: unknown) => next(new Error(this.codeOf(error))),
      );
    });
    this.tail.on((events) =>
      this.follow(events).catch((error: unknown) =>
        this.log.warn({ error: String(error) }, 'visitors could not be told; they hear with the next change'),
      ),
    );
    this.consoles.onTyping((conversationId, name, isActive) => void this.tellTyping(conversationId, name, isActive).catch(() => undefined));
    this.looking = setInterval(() => void this.feed.look().catch(() => undefined), LOOK_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.looking);
  }

  async handleConnection(socket: VisitorSocket): Promise<void> {
    socketsGauge.inc({ namespace: 'visitor' });
    await this.greet(socket).catch((error: unknown) => {
      this.log.warn({ error: String(error) }, 'a visitor could not be welcomed; their widget tries again');
      socket.disconnect(true);
    });
  }

  handleDisconnect(socket: VisitorSocket): void {
    socketsGauge.dec({ namespace: 'visitor' });
    const { who } = socket.data;
    // Whoever closes the page in the middle of a word does not type for ever.
    if (who && this.feed.socketsOf(who.visitorId).length === 0) void this.desk.typing(who, false).catch(() => undefined);
  }

  /** The ack is given when the message is on disk. */
  @SubscribeMessage('chat:send')
  send(@ConnectedSocket() socket: VisitorSocket, @MessageBody() body: unknown): Promise<{ messageId: string; seq: number } | Refusal> {
    return this.answer(async () => {
      const sent = await this.desk.send(socket.data.who, body);
      void this.feed.tell(socket.data.who.visitorId);
      return sent;
    });
  }

  @SubscribeMessage('chat:resume')
  resume(
    @ConnectedSocket() socket: VisitorSocket,
    @MessageBody() from: unknown,
  ): Promise<{ messages: readonly VisitorMessage[] } | Refusal> {
    return this.answer(async () => ({ messages: await this.feed.resume(socket, placeIn(from, 'lastSeq') ?? 0) }));
  }

  @SubscribeMessage('chat:typing')
  async typing(@ConnectedSocket() socket: VisitorSocket, @MessageBody() what: { active?: unknown } | null): Promise<void> {
    const isActive = what?.active === true;
    const state = socket.data as { typedAt?: number };
    if (isActive && Date.now() - (state.typedAt ?? 0) < TYPING_MS) return;
    state.typedAt = Date.now();
    await this.answer(() => this.desk.typing(socket.data.who, isActive));
  }

  @SubscribeMessage('chat:read')
  async read(@ConnectedSocket() socket: VisitorSocket, @MessageBody() what: unknown): Promise<void> {
    const seq = placeIn(what, 'seq');
    if (seq !== undefined) await this.answer(() => this.desk.read(socket.data.who, seq));
  }

  private async greet(socket: VisitorSocket): Promise<void> {
    await socket.join(roomOf(socket.data.who.visitorId));
    socket.emit('chat:welcome', await this.welcomeOf(socket));
  }

  private async admit(socket: VisitorSocket): Promise<void> {
    const { headers, address: socketAddress, auth } = socket.handshake;
    const address = addressOf(socketAddress, headers['x-forwarded-for'], this.config.trustProxy);
    if (this.feed.present.filter(({ data }) => data.address === address).length >= SOCKETS_PER_ADDRESS)
      throw new HubProblem('too-many-requests');
    const who = await this.door.admit(auth, { origin: headers.origin, host: headers.host, address });
    if (this.feed.socketsOf(who.visitorId).length >= SOCKETS_PER_VISITOR) throw new HubProblem('too-many-requests');
    socket.data = { who, address, told: undefined, said: 0, readByUs: 0 };
    endFloods(socket);
  }

  private async welcomeOf(socket: VisitorSocket): Promise<VisitorWelcome> {
    const { visitorId, token, readSeq, guest, brand, inbox } = socket.data.who;
    const lastSeq = await this.threads.lastSeq(this.database, visitorId);
    return { token, visitor: visitorId, brand, lastSeq, readSeq, ...guest.face, ...(await this.welcome.readiness(inbox)) };
  }

  private async follow(events: Parameters<VisitorFeed['follow']>[0]): Promise<void> {
    for (const visitorId of await this.feed.follow(events)) {
      const [socket] = this.feed.socketsOf(visitorId);
      if (socket) await this.desk.reportRead(socket.data.who);
    }
  }

  private async tellTyping(conversationId: string, name: string, isActive: boolean): Promise<void> {
    const visitorId = await this.threads.visitorOf(this.database, conversationId);
    if (visitorId) this.server.to(roomOf(visitorId)).emit('chat:typing', { name, active: isActive });
  }

  private async answer<T>(work: () => Promise<T>): Promise<T | Refusal> {
    try {
      return await work();
    } catch (error) {
      return { error: this.codeOf(error) };
    }
  }

  private codeOf(error: unknown): string {
    const problem = toProblem(error);
    if (problem.status >= 500) this.log.error({ error: String(error) }, 'a visitor could not be served');
    return problem.code;
  }
}

/** A place of the thread in a frame that anybody may have made. */
function placeIn(frame: unknown, field: string): number | undefined {
  const value = (frame as Record<string, unknown> | null)?.[field];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 2 ** 31 ? value : undefined;
}
