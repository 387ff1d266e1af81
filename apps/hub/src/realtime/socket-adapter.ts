import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/postgres-adapter';
import type { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { Server, ServerOptions } from 'socket.io';

const LARGEST_FRAME = 1024 * 1024;

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
}
