import { setTimeout as sleep } from 'node:timers/promises';
import { BriefQuestions } from './brief-questions';
import type { Statement } from './transaction';

const asking = (name: string): Statement => ({ name, text: 'SELECT 1', values: [], brief: true });

test('questions that are asked while others are under way share the next trip', async () => {
  const trips: string[][] = [];
  const answer = async (statements: readonly Statement[]): Promise<object[][]> => {
    trips.push(statements.map(({ name }) => name));
    await sleep(5);
    return statements.map(({ name }) => [{ name }]);
  };
  const brief = new BriefQuestions(answer, async (one) => (await answer([one]))[0]!);
  const first = brief.ask(asking('a'));
  await sleep(1);
  const rest = [brief.ask(asking('b')), brief.ask(asking('c'))];
  expect(await Promise.all([first, ...rest])).toEqual([[{ name: 'a' }], [{ name: 'b' }], [{ name: 'c' }]]);
  expect(trips).toEqual([['a'], ['b', 'c']]);
});

test('a trip that never comes back stops nobody who asks later', async () => {
  let isFirst = true;
  const answer = async (statements: readonly Statement[]): Promise<object[][]> => {
    if (isFirst) {
      isFirst = false;
      return new Promise(() => undefined);
    }
    return statements.map(({ name }) => [{ name }]);
  };
  const brief = new BriefQuestions(answer, async (one) => (await answer([one]))[0]!);
  void brief.ask(asking('lost'));
  await sleep(0);
  const waiting = brief.ask(asking('waits'));
  await sleep(300);
  expect(await brief.ask(asking('later'))).toEqual([{ name: 'later' }]);
  expect(await waiting).toEqual([{ name: 'waits' }]);
});
