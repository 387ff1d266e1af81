import { Database, Outbox, Wakeups, type Clock, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Broadcasts, dueNow, type Broadcast } from '@claimline/notifications';
import type { WordBroadcast } from '../broadcasts/word-broadcast';
import { isDatabaseDown } from '../http/problem.filter';
import type { Worker } from '../workers';
import type { SendBroadcast } from './send-broadcast';

const LOOK_EVERY_MS = 500;
// So many, then it is looked whether somebody has paused it and the consoles hear how far it is.
const AT_A_TURN = 20;

type Turn = 'told' | 'not-yet' | 'over';

/** Whose turn it was when something went wrong. */
type Held = { place?: number };

/** Lets broadcasts go on at their rate: one recipient, one transaction, under the broadcast's own lock, so that a pause is exact and a crash repeats nobody. */
export class RunBroadcasts implements Worker {
  readonly name = 'broadcasts';

  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly words: WordBroadcast,
    private readonly sending: SendBroadcast,
    private readonly outbox: Outbox,
    private readonly world: { readonly wakeups: Wakeups; readonly clock: Clock; readonly log: Log },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const busy = await this.all(signal).catch((error: unknown) => this.interrupted(error));
      if (!busy) await this.world.wakeups.wait('broadcasts', LOOK_EVERY_MS, signal);
    }
  }

  private async all(signal: AbortSignal): Promise<boolean> {
    let busy = false;
    for (const broadcast of await this.broadcasts.running(this.database))
      busy = (await this.turn(broadcast, signal).catch((error: unknown) => this.interrupted(error))) || busy;
    return busy;
  }

  private interrupted(error: unknown): false {
    this.world.log.error({ error: String(error) }, 'a broadcast was interrupted and will be gone on with');
    return false;
  }

  private async turn({ id }: Broadcast, signal: AbortSignal): Promise<boolean> {
    let did = 0;
    let turn: Turn = 'told';
    while (did < AT_A_TURN && !signal.aborted && turn === 'told') {
      turn = await this.next(id);
      if (turn === 'told') did += 1;
    }
    if (did > 0) {
      const at = this.world.clock.now();
      await this.database.transaction((tx) => this.tell(tx, id, { state: 'running', at }));
    }
    return turn === 'told';
  }

  /** One whom nothing can be said to must not keep the words from all behind them: they are written down as not told. */
  private async next(id: string): Promise<Turn> {
    const held: Held = {};
    try {
      return await this.database.transaction((tx) => this.one(tx, id, held));
    } catch (error) {
      if (held.place === undefined || isDatabaseDown(error)) throw error;
      this.world.log.error({ broadcastId: id, place: held.place, error: String(error) }, 'a recipient of a broadcast could not be told');
      await this.database.transaction((tx) => this.leaveOut(tx, id, held.place!));
      return 'told';
    }
  }

  private async leaveOut(tx: Transaction, id: string, place: number): Promise<void> {
    await this.broadcasts.lock(tx, id);
    const member = await this.broadcasts.next(tx, id);
    if (member?.place === place) await this.broadcasts.notTold(tx, id, place, { reason: 'internal', at: this.world.clock.now() });
  }

  private async one(tx: Transaction, id: string, held: Held): Promise<Turn> {
    const at = this.world.clock.now();
    const broadcast = await this.broadcasts.lock(tx, id);
    if (broadcast?.state !== 'running') return 'over';
    const member = await this.broadcasts.next(tx, id);
    if (!member) {
      await this.broadcasts.move(tx, id, 'finished', { accountId: null, at });
      await this.tell(tx, id, { state: 'finished', at });
      return 'over';
    }
    if (dueNow(broadcast, at) === 0) return 'not-yet';
    held.place = member.place;
    const { template, anyHour, audience } = broadcast;
    const worded = await this.words.of(tx, member, { template, anyHour, catastrophe: audience.catastrophe }, at);
    if (!worded.told) await this.broadcasts.notTold(tx, id, member.place, { reason: worded.reason, at });
    else await this.broadcasts.sent(tx, id, member.place, { ...(await this.sending.send(tx, broadcast, worded, at)), at });
    return 'told';
  }

  private tell(tx: Transaction, id: string, { state, at }: { state: string; at: Date }): Promise<void> {
    return this.outbox.append(tx, at, [{ type: 'broadcast.changed', conversationId: null, payload: { broadcastId: id, state } }]);
  }
}
