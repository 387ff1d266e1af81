import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Cuts the network between the console and the hub for a while, below everything that could notice: open sockets are destroyed, new ones
 * too. Providers' webhooks and the demo page still get through, so that the world goes on while the console is away.
 */
export class CutNetwork {
  private until = 0;
  private readonly sockets = new Set<Duplex>();

  /** Watches every websocket of this server. Before the one that answers them, so that a cut one is dead when it looks. */
  watch(server: Server): void {
    server.prependListener('upgrade', (_: IncomingMessage, socket: Duplex) => {
      if (this.isCut()) return void socket.destroy();
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  cut(seconds: number): void {
    this.until = Date.now() + seconds * 1_000;
    for (const socket of this.sockets) socket.destroy();
  }

  isCut(): boolean {
    return Date.now() < this.until;
  }
}
