import type { INestApplicationContext, WsMessageHandler } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/postgres-adapter';
import type { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { lastValueFrom, type Observable } from 'rxjs';
import type { Server, ServerOptions } from 'socket.io';

const LARGEST_FRAME = 1024 * 1024;

interface MessageSource {
  on(message: string, listener: (...given: unknown[]) => void): unknown;
}

/**
 * socket.io on the hub's own server: websocket only, so that a connection stays with one replica. The PostgreSQL adapter carries typing and
 * presence between replicas; everything that must arrive comes from the event log instead.
 */
export class HubSocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly database: Database,
    private readonly log: Log,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      transports: ['websocket'],
      maxHttpBufferSize: LARGEST_FRAME,
      serveClient: false,
    }) as Server;
    // Everybody is known by a namespace of ours; the one that socket.io opens by itself would hold strangers' connections.
    server.of('/').use((_, next) => next(new Error('not-found')));
    server.adapter(
      createAdapter(this.database.driverPool, {
        errorHandler: (error: Error) => this.log.warn({ error: String(error) }, 'typing and presence did not reach the other replicas'),
      }) as never,
    );
    return server;
  }

  /**
   * Each message goes to its handler with its first argument, and what the handler answers is the acknowledgement; an event as an answer and a handler
   * that acknowledges by itself are not known here. Nest's own way keeps a pipeline per message beside every socket, for as long as it stays.
   */
  override bindMessageHandlers(
    socket: MessageSource,
    handlers: readonly WsMessageHandler[],
    answersOf: (outcome: unknown) => Observable<unknown>,
  ): void {
    for (const { message, callback } of handlers)
      socket.on(message, (...given) => {
        const acknowledge = typeof given.at(-1) === 'function' ? (given.pop() as (answer: unknown) => void) : undefined;
        lastValueFrom(answersOf(callback(given[0])), { defaultValue: undefined })
          .then((answer) => answer !== undefined && acknowledge?.(answer))
          // What a handler throws, Nest has told the client before; one that cannot even be told must not take the others along.
          .catch((error: unknown) => this.log.warn({ message, error: String(error) }, 'a message of a socket could not be answered'));
      });
  }
}
