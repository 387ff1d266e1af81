import type { Transaction } from '@claimline/database';
import type { DeliveryEvent } from '../events';
import { afterLineFailure, afterLineSuccess, isTripped } from './circuit';
import type { Circuits } from './circuits.repository';
import type { Inboxes } from './inboxes.repository';

/** What a try says about the line itself, whatever it says about the message. */
export type LineNews =
  | { readonly is: 'works' }
  | { readonly is: 'fails'; readonly retryAfter?: number }
  | { readonly is: 'misconfigured'; readonly reason: string; readonly version: number };

/** Watches the lines: pauses one that does not answer, stops one that is wrongly configured, and says so. */
export class LineHealth {
  constructor(
    private readonly inboxes: Inboxes,
    private readonly circuits: Circuits,
  ) {}

  /** Takes note of a try; returns the events to append. */
  async note(tx: Transaction, inboxId: string, news: LineNews, at: Date): Promise<DeliveryEvent[]> {
    if (news.is === 'misconfigured') return this.stop(tx, inboxId, news);
    return news.is === 'works' ? this.works(tx, inboxId) : this.fails(tx, inboxId, news.retryAfter, at);
  }

  private async stop(
    tx: Transaction,
    inboxId: string,
    { reason, version }: Extract<LineNews, { is: 'misconfigured' }>,
  ): Promise<DeliveryEvent[]> {
    const stopped = await this.inboxes.stop(tx, inboxId, reason, version);
    return stopped ? [{ type: 'inbox.stopped', conversationId: null, payload: { inboxId, reason: 'misconfigured' } }] : [];
  }

  private async works(tx: Transaction, inboxId: string): Promise<DeliveryEvent[]> {
    // Every send of a line ends here, and nearly all of them say that it works as before: those do not queue for its row.
    if ((await this.circuits.read(tx, inboxId)).failures === 0) return [];
    const circuit = await this.circuits.lock(tx, inboxId);
    await this.circuits.save(tx, inboxId, afterLineSuccess(circuit));
    return isTripped(circuit) ? [{ type: 'inbox.recovered', conversationId: null, payload: { inboxId } }] : [];
  }

  private async fails(tx: Transaction, inboxId: string, retryAfter: number | undefined, at: Date): Promise<DeliveryEvent[]> {
    const before = await this.circuits.lockFirm(tx, inboxId);
    const after = afterLineFailure(before, at, retryAfter);
    await this.circuits.save(tx, inboxId, after);
    const tripped = isTripped(after) && !isTripped(before);
    return tripped
      ? [{ type: 'inbox.unreachable', conversationId: null, payload: { inboxId, until: (after.openUntil ?? at).toISOString() } }]
      : [];
  }
}
