import type { Transaction } from '../transaction';
import type { LoggedEvent } from './event-log';

/** Somebody who follows up on what happened. Its position commits with its effect, so an event is effective exactly once. */
export interface Consumer {
  /** Its lease and its row: never renamed. */
  readonly name: string;
  /** The event types it reads; the others pass it by. */
  readonly types: readonly string[];
  /** Idempotent by event id. Throws to have the event parked and tried again. No network in here: that is what jobs are for. */
  handle(tx: Transaction, event: LoggedEvent): Promise<void>;
  /** The same for a whole batch at once, where that is cheaper: in order, all or nothing. When it throws, the batch is handled one by one. */
  handleTogether?(tx: Transaction, events: readonly LoggedEvent[]): Promise<void>;
  /** The types of which {@link handleTogether} takes those that come one after another; all others come one by one. Left out: it takes whatever comes. */
  readonly together?: readonly string[];
  /**
   * Events that are handled at the same time in one transaction, so that what they ask crosses to the database together: those that come one after another
   * and that it takes. Those of one key stay in order; two of different keys must have nothing to do with each other, because a row that is locked for
   * one of them is not locked against the other.
   */
  readonly abreast?: {
    takes(event: LoggedEvent): boolean;
    keysOf(tx: Transaction, events: readonly LoggedEvent[]): Promise<readonly string[]>;
  };
}
