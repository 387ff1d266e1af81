// Vendors answer within a few hundred milliseconds: eight at once make some thirty a second by one line, more than most allow.
const AT_ONCE = 8;

/** What a line works on. Neither takes nor sends may throw. */
interface Work<Item> {
  readonly take: (wanted: number) => Promise<readonly Item[]>;
  readonly send: (item: Item) => Promise<void>;
  /** Nothing more is taken from then on. */
  readonly signal: AbortSignal;
}

/**
 * One line at work: keeps its places busy while there is more, and asks only when there may be. That is when somebody says so, and when it got as much as it
 * asked for. A send that ends tells nothing about what else is due, so nothing is asked after it.
 */
export class BusyLine<Item> {
  private readonly running = new Set<Promise<void>>();
  private mayBeMore = false;
  private taking: Promise<void> | undefined;

  constructor(private readonly work: Work<Item>) {}

  /** Something is due. Heard also while all places are busy, or while one still asks. */
  look(): void {
    this.mayBeMore = true;
    if (!this.taking && this.mayTake()) this.taking = this.fill();
  }

  /** Resolves when nothing is under way. */
  async rest(): Promise<void> {
    while (this.taking || this.running.size > 0) await Promise.all([this.taking, ...this.running]);
  }

  private mayTake(): boolean {
    return this.mayBeMore && this.running.size < AT_ONCE && !this.work.signal.aborted;
  }

  private async fill(): Promise<void> {
    while (this.mayTake()) {
      this.mayBeMore = false;
      const free = AT_ONCE - this.running.size;
      const items = await this.work.take(free);
      for (const item of items) this.begin(item);
      if (items.length === free) this.mayBeMore = true;
    }
    // In the same breath as the last look at what there is: whoever calls a moment later begins anew.
    this.taking = undefined;
  }

  private begin(item: Item): void {
    const sending = this.work.send(item).finally(() => {
      this.running.delete(sending);
      if (this.mayBeMore) this.look();
    });
    this.running.add(sending);
  }
}
