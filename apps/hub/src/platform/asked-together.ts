import { setImmediate } from 'node:timers/promises';

/**
 * What is asked by many in the same turn of the loop is asked once, for all of them: a crowd costs a statement, and who comes alone waits for nobody.
 * `ask` answers in the order of its questions; where it fails, it fails for all of them.
 */
export class AskedTogether<Question, Answer> {
  private turn: { readonly questions: Question[]; readonly answers: Promise<readonly Answer[]> } | undefined;

  constructor(private readonly ask: (questions: readonly Question[]) => Promise<readonly Answer[]>) {}

  async answerTo(question: Question): Promise<Answer> {
    const { questions, answers } = (this.turn ??= this.begin());
    const at = questions.push(question) - 1;
    return (await answers)[at]!;
  }

  private begin(): { questions: Question[]; answers: Promise<readonly Answer[]> } {
    const questions: Question[] = [];
    const answers = setImmediate().then(() => {
      this.turn = undefined;
      return this.ask(questions);
    });
    return { questions, answers };
  }
}
