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
}

interface Waiting<Work, Answer> {
  readonly work: Work;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}

const MOST = 64;

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
    while (this.waiting.length > 0) await this.run(this.take());
    this.isRunning = false;
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
    try {
      const answers = await this.gathered.together(batch.map(({ work }) => work));
      for (const one of batch) {
        if (answers.has(one.work)) one.done(answers.get(one.work)!);
        else void this.alone(one);
      }
    } catch (error) {
      if (this.gathered.isHopeless(error)) batch.forEach((one) => one.failed(error));
      else for (const one of batch) await this.alone(one);
    }
  }

  private alone({ work, done, failed }: Waiting<Work, Answer>): Promise<void> {
    return this.gathered.alone(work).then(done, failed);
  }
}
