import { randomUUID } from 'node:crypto';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Clock, Database } from '@claimline/database';
import { BEAT_SECONDS, type Presences } from '@claimline/routing';
import { PresenceLink } from '../realtime/presence-link';

/**
 * Tells the router who has a console open at this process, and that this process lives. When it dies, its people are gone within the minute.
 * A socket comes and goes whatever the database does: what could not be written is made up for at the next beat, and nothing here rejects.
 */
export class SocketPresence extends PresenceLink implements OnModuleInit, OnModuleDestroy {
  private readonly hub = randomUUID();
  private readonly sockets = new Map<string, Set<string>>();
  /** Those of whom the router may think otherwise than their sockets say. */
  private readonly behind = new Set<string>();
  /** Ends with what is being written; the next word waits for it, so that the last one of everybody stays. */
  private written: Promise<void> = Promise.resolve();
  /** The writing that waits, for all who come meanwhile: a thousand consoles that come back at once are a few transactions. */
  private next: Promise<void> | undefined;
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

  /** Says good-bye for everybody, while there is still a database to say it to. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.renewal);
    const here = [...this.sockets.keys()];
    this.sockets.clear();
    await this.settle(here);
  }

  async connected(accountId: string, socketId: string): Promise<void> {
    const open = this.sockets.get(accountId);
    // The first of them has been told of; where that failed, the next beat makes up for it.
    if (open) return void open.add(socketId);
    this.sockets.set(accountId, new Set([socketId]));
    await this.settle([accountId]);
  }

  async disconnected(accountId: string, socketId: string): Promise<void> {
    const open = this.sockets.get(accountId);
    open?.delete(socketId);
    if (!open || open.size > 0) return;
    this.sockets.delete(accountId);
    await this.settle([accountId]);
  }

  // A lost renewal is made up for by the next one; the time of three fits into what a presence lasts.
  private async renew(): Promise<void> {
    await this.settle([]);
    const here = [...this.sockets.keys()];
    if (here.length === 0) return;
    const known = new Set(await this.presences.renew(this.database, this.hub).catch(() => here));
    // Taken for gone while this process or the database was too slow to say otherwise.
    await this.settle(here.filter((accountId) => !known.has(accountId)));
  }

  private async settle(accountIds: readonly string[]): Promise<void> {
    for (const accountId of accountIds) this.behind.add(accountId);
    if (this.behind.size === 0) return this.written;
    this.written = this.next ??= this.written.then(() => this.write());
    await this.written;
  }

  private async write(): Promise<void> {
    this.next = undefined;
    const those = [...this.behind];
    // Before it is known whether this can be written: whoever comes or goes meanwhile is behind again.
    this.behind.clear();
    const here = those.filter((accountId) => this.sockets.has(accountId));
    const gone = those.filter((accountId) => !this.sockets.has(accountId));
    const now = this.clock.now();
    await this.database
      .transaction(async (tx) => {
        if (here.length > 0) await this.presences.beat(tx, here, this.hub, now);
        if (gone.length > 0) await this.presences.leave(tx, gone, this.hub, now);
      })
      .catch(() => those.forEach((accountId) => this.behind.add(accountId)));
  }
}
