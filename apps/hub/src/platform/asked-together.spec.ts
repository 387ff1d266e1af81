import { setImmediate } from 'node:timers/promises';
import { AskedTogether } from './asked-together';

/** Doubles numbers, and remembers what it was asked at once. */
function doubling() {
  const asked: number[][] = [];
  const together = new AskedTogether<number, number>(async (questions) => {
    asked.push([...questions]);
    if (questions.includes(0)) throw new Error('nothing to double');
    return questions.map((one) => 2 * one);
  });
  return { asked, together };
}

test('what is asked in one turn is asked once, and everybody gets their own answer', async () => {
  const { asked, together } = doubling();
  expect(await Promise.all([3, 1, 3].map((one) => together.answerTo(one)))).toEqual([6, 2, 6]);
  expect(asked).toEqual([[3, 1, 3]]);
});

test('who asks later is asked for on their own, though the others have no answer yet', async () => {
  const asked: number[][] = [];
  const together = new AskedTogether<number, number>((questions) => {
    asked.push([...questions]);
    return questions.includes(1) ? new Promise(() => undefined) : Promise.resolve(questions);
  });
  void together.answerTo(1);
  await setImmediate();
  expect(await together.answerTo(2)).toBe(2);
  expect(asked).toEqual([[1], [2]]);
});

test('a failure is that of all who asked, and of nobody after them', async () => {
  const { together } = doubling();
  const answers = await Promise.allSettled([together.answerTo(0), together.answerTo(1)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await together.answerTo(1)).toBe(2);
});
