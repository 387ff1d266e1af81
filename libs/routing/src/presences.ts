import type { Outbox, Queries, Transaction } from '@claimline/database';
import type { Presence } from './adjuster';
import type { Adjusters, PresenceChange } from './adjusters.repository';

/** How long somebody counts as present after the last sign of life of the hub they are connected to, in seconds. */
export const PRESENCE_SECONDS = 35;
/** How often a hub renews. Three times fit into {@link PRESENCE_SECONDS}, so that one lost renewal sends nobody home. */
export const BEAT_SECONDS = 10;
// Whoever speaks over REST without a socket (a script, a telephone app) counts as present for so long after each word.
const WITHOUT_SOCKET_SECONDS = 90;
const WITHOUT_SOCKET = 'rest';

/** Who is at their desk: what people say of themselves, and whether a connection of theirs is alive. */
export class Presences {
  constructor(
    private readonly adjusters: Adjusters,
    private readonly outbox: Outbox,
  ) {}

  /** A first socket of each of them at `hub` (the id of this process) is open. */
  async beat(tx: Transaction, accountIds: readonly string[], hub: string, now: Date): Promise<void> {
    await this.publish(tx, now, await this.adjusters.beat(tx, { accountIds, hub, seconds: PRESENCE_SECONDS, now }));
  }

  /** Everybody connected at `hub` still is; said every {@link BEAT_SECONDS}. Returns those of whom that is known. */
  async renew(queries: Queries, hub: string): Promise<string[]> {
    return this.adjusters.renew(queries, hub, PRESENCE_SECONDS);
  }

  /** The last socket of each of them at `hub` is gone. */
  async leave(tx: Transaction, accountIds: readonly string[], hub: string, now: Date): Promise<void> {
    await this.publish(tx, now, await this.adjusters.leave(tx, accountIds, hub, now));
  }

  /** What somebody says of themselves. Their next connection finds the same state. */
  async choose(tx: Transaction, accountId: string, state: Exclude<Presence, 'offline'>, now: Date): Promise<void> {
    const isConnected = await this.adjusters.isConnected(tx, accountId);
    const chosen = await this.adjusters.choose(tx, accountId, state, now);
    const beat = { accountIds: [accountId], hub: WITHOUT_SOCKET, seconds: WITHOUT_SOCKET_SECONDS, now };
    const present = isConnected ? [] : await this.adjusters.beat(tx, beat);
    await this.publish(tx, now, [...chosen, ...present].slice(-1));
  }

  /** Sends home whoever has not been heard of in time; returns how many. */
  async expire(tx: Transaction, now: Date): Promise<number> {
    const gone = await this.adjusters.expire(tx, now);
    await this.publish(tx, now, gone);
    return gone.length;
  }

  private async publish(tx: Transaction, now: Date, changes: readonly PresenceChange[]): Promise<void> {
    await this.outbox.append(
      tx,
      now,
      changes.map((change) => ({ type: 'presence.changed', conversationId: null, payload: change })),
    );
  }
}
