/** What is done with work that has gathered. */
export interface Gathered<Work, Answer> {
  /** All of it in one transaction; the answers that it came to. What is left out of them is done alone. Throws: all of it is done alone. */
  readonly together: (works: readonly Work[]) => Promise<ReadonlyMap<Work, Answer>>;
  readonly alone: (work: Work) => Promise<Answer>;
  /** Two of the same key never share a transaction. */
  readonly keyOf: (work: Work) => string;
  /** Nobody is there: to try each by itself would only take longer to say so. */
  readonly isHopeless: (error: unknown) => boolean;
  readonly most?: number;
  /** Those that are done alone after a failure go one after the other, and the next batch after them. */
  readonly inOrder?: boolean;
}

interface Waiting<Work, Answer> {
  readonly work: Work;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}

const MOST = 64;
// One that has to wait must not hold up the others, and a whole batch at once would take all connections.
const LANES = 4;

/**
 * Work that comes while other work of its kind is under way shares the next transaction with whatever else has come by then. Nothing waits for a time:
 * a lone one goes at once. One that fails does not fail its neighbours: they are all done again, each alone.
 */
export class Gathering<Work, Answer> {
  private waiting: Waiting<Work, Answer>[] = [];
  private isRunning = false;

  constructor(private readonly gathered: Gathered<Work, Answer>) {}

  /** How many have not begun. */
  get size(): number {
    return this.waiting.length;
  }

  /** Resolves when it is on disk. */
  do(work: Work): Promise<Answer> {
    return new Promise((done, failed) => {
      this.waiting.push({ work, done, failed });
      // Not at once: those who come in the same moment are one batch, not one and then the rest.
      queueMicrotask(() => void this.next());
    });
  }

  private async next(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      while (this.waiting.length > 0) await this.run(this.take());
    } finally {
      this.isRunning = false;
    }
  }

  private take(): Waiting<Work, Answer>[] {
    const [batch, later, keys] = [[] as Waiting<Work, Answer>[], [] as Waiting<Work, Answer>[], new Set<string>()];
    for (const one of this.waiting) {
      const key = this.gathered.keyOf(one.work);
      (batch.length < (this.gathered.most ?? MOST) && !keys.has(key) ? batch : later).push(one);
      keys.add(key);
    }
    this.waiting = later;
    return batch;
  }

  private async run(batch: readonly Waiting<Work, Answer>[]): Promise<void> {
    const answers = await this.together(batch);
    for (const one of batch) {
      if (answers?.has(one.work)) one.done(answers.get(one.work)!);
      else if (answers) void this.alone(one);
    }
  }

  /** Undefined: it failed, and each has been done alone or told so. */
  private async together(batch: readonly Waiting<Work, Answer>[]): Promise<ReadonlyMap<Work, Answer> | undefined> {
    try {
      return await this.gathered.together(batch.map(({ work }) => work));
    } catch (error) {
      if (this.gathered.isHopeless(error)) batch.forEach((one) => one.failed(error));
      else if (this.gathered.inOrder) await this.eachAlone(batch, 1);
      else void this.eachAlone(batch, LANES);
      return undefined;
    }
  }

  private async eachAlone(batch: readonly Waiting<Work, Answer>[], lanes: number): Promise<void> {
    const left = [...batch];
    const lane = async (): Promise<void> => {
      for (let one = left.shift(); one; one = left.shift()) await this.alone(one);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  private async alone({ work, done, failed }: Waiting<Work, Answer>): Promise<void> {
    try {
      done(await this.gathered.alone(work));
    } catch (error) {
      failed(error);
    }
  }
}
