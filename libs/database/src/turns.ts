/** No turn came within the time that somebody is ready to wait. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

interface Waiting {
  readonly go: () => void;
  readonly timer: NodeJS.Timeout;
}

/** So many at a time and no more; the others wait in their order, but not for ever. */
export class Turns {
  private readonly waiting: Waiting[] = [];
  private free: number;

  constructor(
    atOnce: number,
    private readonly patienceMs: number,
  ) {
    this.free = atOnce;
  }

  /** Runs `work` when it is its turn. @throws NoTurn when that takes too long. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await this.queue();
    try {
      return await work();
    } finally {
      this.pass();
    }
  }

  private queue(): Promise<void> {
    return new Promise((go, reject) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(new NoTurn(`no transaction could begin within ${this.patienceMs} ms: too many at once`));
      }, this.patienceMs);
      const entry = { go, timer };
      this.waiting.push(entry);
    });
  }

  // The turn goes from hand to hand, so that nobody who comes later is faster.
  private pass(): void {
    const next = this.waiting.shift();
    if (!next) return void this.free++;
    clearTimeout(next.timer);
    next.go();
  }
}
