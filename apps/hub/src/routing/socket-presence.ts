import { randomUUID } from 'node:crypto';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Clock, Database } from '@claimline/database';
import { BEAT_SECONDS, type Presences } from '@claimline/routing';
import { PresenceLink } from '../realtime/presence-link';

/** Tells the router who has a console open at this process, and that this process lives. When it dies, its people are gone within the minute. */
export class SocketPresence extends PresenceLink implements OnModuleInit, OnModuleDestroy {
  private readonly hub = randomUUID();
  private readonly sockets = new Map<string, Set<string>>();
  private renewal: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly presences: Presences,
    private readonly clock: Clock,
  ) {
    super();
  }

  onModuleInit(): void {
    this.renewal = setInterval(() => void this.renew(), BEAT_SECONDS * 1000);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.renewal);
    for (const accountId of this.sockets.keys()) await this.leave(accountId).catch(() => undefined);
  }

  async connected(accountId: string, socketId: string): Promise<void> {
    const open = this.sockets.get(accountId) ?? new Set();
    this.sockets.set(accountId, open.add(socketId));
    await this.database.transaction((tx) => this.presences.beat(tx, accountId, this.hub, this.clock.now()));
  }

  async disconnected(accountId: string, socketId: string): Promise<void> {
    const open = this.sockets.get(accountId);
    open?.delete(socketId);
    if (!open || open.size > 0) return;
    this.sockets.delete(accountId);
    await this.leave(accountId);
  }

  // A lost renewal is made up by the next one; the time of three fits into what a presence lasts.
  private async renew(): Promise<void> {
    if (this.sockets.size > 0) await this.presences.renew(this.database, this.hub).catch(() => undefined);
  }

  private async leave(accountId: string): Promise<void> {
    await this.database.transaction((tx) => this.presences.leave(tx, accountId, this.hub, this.clock.now()));
  }
}
