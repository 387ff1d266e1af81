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
  /** What is being written of somebody; the next word waits for it, so that the last one stays. */
  private readonly underWay = new Map<string, Promise<void>>();
  /** Those of whom the router may think otherwise than their sockets say. */
  private readonly behind = new Set<string>();
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
    await Promise.all(here.map((accountId) => this.settle(accountId)));
    await Promise.all(this.underWay.values());
  }

  async connected(accountId: string, socketId: string): Promise<void> {
    const open = this.sockets.get(accountId) ?? new Set();
    this.sockets.set(accountId, open.add(socketId));
    await this.settle(accountId);
  }

  async disconnected(accountId: string, socketId: string): Promise<void> {
    const open = this.sockets.get(accountId);
    open?.delete(socketId);
    if (!open || open.size > 0) return;
    this.sockets.delete(accountId);
    await this.settle(accountId);
  }

  // A lost renewal is made up for by the next one; the time of three fits into what a presence lasts.
  private async renew(): Promise<void> {
    await Promise.all([...this.behind].map((accountId) => this.settle(accountId)));
    const here = [...this.sockets.keys()];
    if (here.length === 0) return;
    const known = await this.presences.renew(this.database, this.hub).catch(() => here);
    // Taken for gone while this process or the database was too slow to say otherwise.
    await Promise.all(here.filter((accountId) => !known.includes(accountId)).map((accountId) => this.settle(accountId)));
  }

  private settle(accountId: string): Promise<void> {
    const said = (this.underWay.get(accountId) ?? Promise.resolve()).then(() => this.write(accountId));
    this.underWay.set(accountId, said);
    return said.finally(() => {
      if (this.underWay.get(accountId) === said) this.underWay.delete(accountId);
    });
  }

  private async write(accountId: string): Promise<void> {
    const say = this.sockets.has(accountId) ? this.presences.beat : this.presences.leave;
    this.behind.add(accountId);
    await this.database
      .transaction((tx) => say.call(this.presences, tx, accountId, this.hub, this.clock.now()))
      .then(
        () => this.behind.delete(accountId),
        () => undefined,
      );
  }
}
