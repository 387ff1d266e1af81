import type { OutboxEntry } from '@claimline/channels/simulators';

// A bench sends far more than anybody looks at; what was received long ago is forgotten, oldest first.
const KEPT = 10_000;

/** What the simulated phones and mailboxes have received: the newest ten thousand messages, and whoever wants to hear of the next. */
export class Received {
  /** How many messages have come since the start, forgotten ones too. */
  total = 0;
  private entries: OutboxEntry[] = [];
  private readonly listeners = new Set<(entry: OutboxEntry) => void>();

  add(entry: OutboxEntry): void {
    this.total += 1;
    this.entries.push(entry);
    // Cut in one go now and then: shifting ten thousand references for each message would cost more than the message.
    if (this.entries.length > KEPT * 1.2) this.entries = this.entries.slice(-KEPT);
    for (const listener of this.listeners) listener(entry);
  }

  /** The messages for one address, or for everybody, newest last. */
  list(to: string | undefined, limit = KEPT): OutboxEntry[] {
    const wanted = to?.toLowerCase();
    const mine = wanted === undefined ? this.entries : this.entries.filter((entry) => entry.to.toLowerCase() === wanted);
    return mine.slice(-Math.min(limit, KEPT));
  }

  /** Tells of every message from now on, until the returned function is called. */
  listen(listener: (entry: OutboxEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
