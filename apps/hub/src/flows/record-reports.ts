import { Journal, TooBusy } from '@claimline/conversations';
import { Database, Gathering } from '@claimline/database';
import type { InboundOutcome } from '@claimline/messages';
import { isDatabaseDown } from '../http/problem.filter';
import { RecordDelivery, type Receipt } from './record-delivery';

// More waiting than this means that the database does not keep up: the provider is told to come again rather than our memory to hold it.
const MOST_WAITING = 5_000;

/** Takes receipts: those that come while others are being written share the next transaction. The provider is answered when its own is on disk. */
export class RecordReports {
  private readonly gathering: Gathering<Receipt, InboundOutcome>;

  constructor(database: Database, journal: Journal, record: RecordDelivery) {
    this.gathering = new Gathering({
      together: (receipts) => database.transaction((tx) => record.onDeliveries(tx, receipts)),
      alone: ({ inbox, event, raw }) =>
        database.transaction(async (tx) => {
          const rawId = await journal.keep(tx, inbox.id, raw);
          return record.onDelivery(tx, { inbox, event, rawId, receivedAt: raw.receivedAt });
        }),
      keyOf: ({ inbox, event }) => `${inbox.id} ${event.key}`,
      isHopeless: isDatabaseDown,
    });
  }

  /** @throws TooBusy when more is waiting than should be held */
  take(receipt: Receipt): Promise<InboundOutcome> {
    if (this.gathering.size >= MOST_WAITING) return Promise.reject(new TooBusy());
    return this.gathering.do(receipt);
  }
}
