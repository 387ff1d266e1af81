interface Waiting {
  readonly weight: number;
  readonly go: () => void;
}

/** Room for work of different weights: many small things at once, or a few large ones. Who finds no room waits for their turn, in order. */
export class Slots {
  private readonly waiting: Waiting[] = [];
  private free: number;

  constructor(private readonly capacity: number) {
    this.free = capacity;
  }

  /** Runs `work` when there is room for its weight; more than everything counts as everything. */
  async use<T>(weight: number, work: () => Promise<T>): Promise<T> {
    const taken = Math.min(weight, this.capacity);
    await new Promise<void>((go) => {
      this.waiting.push({ weight: taken, go });
      this.next();
    });
    try {
      return await work();
    } finally {
      this.free += taken;
      this.next();
    }
  }

  private next(): void {
    while (this.waiting[0] && this.waiting[0].weight <= this.free) {
      const { weight, go } = this.waiting.shift()!;
      this.free -= weight;
      go();
    }
  }
}
