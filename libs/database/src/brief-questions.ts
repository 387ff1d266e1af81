import type { Statement } from './transaction';

interface Waiting {
  readonly statement: Statement;
  readonly answered: (rows: object[]) => void;
  readonly refused: (error: unknown) => void;
}

// One that fails has all of its trip asked again, each by itself.
const MOST = 32;
// After this the next go by themselves: a connection whose other end has vanished must not stop everybody's questions.
const PATIENCE_MS = 250;

/**
 * Brief questions ({@link Statement.brief}) of the whole process: those that are asked at once, or while others are under way, cross to the database
 * together. Nothing waits for a time: a lone one goes at once.
 */
export class BriefQuestions {
  private waiting: Waiting[] = [];
  /** When the trip began that is under way. */
  private begunAt: number | undefined;

  constructor(
    private readonly together: (statements: readonly Statement[]) => Promise<object[][]>,
    private readonly alone: (statement: Statement) => Promise<object[]>,
  ) {}

  ask(statement: Statement): Promise<object[]> {
    return new Promise((answered, refused) => {
      this.waiting.push({ statement, answered, refused });
      if (this.isFree) queueMicrotask(() => void this.go());
    });
  }

  private get isFree(): boolean {
    return this.begunAt === undefined || performance.now() - this.begunAt > PATIENCE_MS;
  }

  private async go(): Promise<void> {
    if (!this.isFree) return;
    while (this.waiting.length > 0) {
      const begun = (this.begunAt = performance.now());
      await this.trip(this.waiting.splice(0, MOST));
      // It took so long that somebody else goes on.
      if (this.begunAt !== begun) return;
    }
    this.begunAt = undefined;
  }

  private async trip(asked: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.together(asked.map(({ statement }) => statement));
      asked.forEach(({ answered }, n) => answered(answers[n]!));
    } catch (error) {
      if (asked.length === 1) asked[0]!.refused(error);
      else for (const { statement, answered, refused } of asked) void this.alone(statement).then(answered, refused);
    }
  }
}
