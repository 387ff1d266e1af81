import type { Server as HttpServer } from 'node:http';
import { ChannelError, type Door } from '@claimline/messages';
import { Server, type Socket } from 'socket.io';
import type { Heard } from './stage';

type SocketDoor = Extract<Door, { via: 'socket' }>;

/** Takes visitors' sockets as the hub does: whom the door admits may speak, and what they say goes through the door. */
export class SocketReceiver {
  private said = 0;

  private constructor(
    private readonly server: Server,
    private readonly door: SocketDoor,
    private readonly tell: (heard: Heard) => void,
  ) {}

  static on(http: HttpServer, door: SocketDoor, tell: (heard: Heard) => void): SocketReceiver {
    const self = new SocketReceiver(new Server(http, { transports: ['websocket'], serveClient: false }), door, tell);
    const visitors = self.server.of('/visitor');
    visitors.use((socket, next) => {
      const { identity, language } = socket.handshake.auth;
      door.admit({ origin: socket.handshake.headers.origin, ownPage: false, identity, language }).then(
        () => next(),
        (error: unknown) => next(error as Error),
      );
    });
    visitors.on('connection', (socket) => self.welcome(socket));
    return self;
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private welcome(socket: Socket): void {
    const visitor = socket.id;
    socket.on('chat:send', (body: object, ack: (answer: unknown) => void) => void this.hear({ is: 'send', ...body }, visitor).then(ack));
    socket.on('chat:read', ({ seq }: { seq: number }) => void this.hear({ is: 'read', externalId: String(seq) }, visitor));
    socket.on('chat:resume', (_: unknown, ack: (answer: unknown) => void) => ack({ messages: [] }));
    socket.emit('chat:welcome', { token: visitor, visitor });
  }

  private async hear(frame: unknown, visitor: string): Promise<unknown> {
    try {
      const { events } = await this.door.receive(frame, visitor);
      this.tell({ events });
      return { messageId: 'message', seq: ++this.said };
    } catch (error) {
      this.tell({ events: [], error });
      return { error: error instanceof ChannelError ? error.fate : 'internal' };
    }
  }
}
