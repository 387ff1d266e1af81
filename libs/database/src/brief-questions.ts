import type { Statement } from './transaction';

interface Waiting {
  readonly statement: Statement;
  readonly answered: (rows: object[]) => void;
  readonly refused: (error: unknown) => void;
}

// One that fails has all of its trip asked again, each by itself.
const MOST = 32;

/**
 * Brief questions ({@link Statement.brief}) of the whole process: those that are asked at once, or while others are under way, cross to the database
 * together. Nothing waits for a time: a lone one goes at once.
 */
export class BriefQuestions {
  private waiting: Waiting[] = [];
  private isUnderWay = false;

  constructor(
    private readonly together: (statements: readonly Statement[]) => Promise<object[][]>,
    private readonly alone: (statement: Statement) => Promise<object[]>,
  ) {}

  ask(statement: Statement): Promise<object[]> {
    return new Promise((answered, refused) => {
      this.waiting.push({ statement, answered, refused });
      if (!this.isUnderWay) queueMicrotask(() => void this.go());
    });
  }

  private async go(): Promise<void> {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    while (this.waiting.length > 0) await this.trip(this.waiting.splice(0, MOST));
    this.isUnderWay = false;
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
