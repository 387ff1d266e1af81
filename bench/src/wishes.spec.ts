import { readWishes, WrongWish } from './wishes';

const names = { rows: ['inbox', 'growth'], scenarios: ['crash', 'kill -9 of the hub', 'kill -9 of the database'] };
const read = (...args: string[]) => readWishes(args, names);

test.each([
  [[], { do: 'measure', scale: undefined, only: undefined, data: undefined }],
  [['--scale', 'small'], { do: 'measure', scale: 'small', only: undefined, data: undefined }],
  [['--scale=full', '--only', 'inbox'], { do: 'measure', scale: 'full', only: 'inbox', data: undefined }],
  [['--scale', 'full', '--data', 'kept'], { do: 'measure', scale: 'full', only: undefined, data: 'kept' }],
  [['--faults'], { do: 'faults', size: 'whole', only: undefined }],
  [['--faults', '--short', '--only', 'crash'], { do: 'faults', size: 'short', only: 'crash' }],
  [['--faults', '--only', 'of the HUB'], { do: 'faults', size: 'whole', only: 'kill -9 of the hub' }],
])('%j', (args, wishes) => {
  expect(read(...args)).toEqual(wishes);
});

test.each([
  [['--scale', 'huge'], '--scale is small or full, not huge'],
  [['--scale'], 'scale'],
  [['--speed'], '--speed'],
  [['small'], 'small'],
  [['--only', 'crash'], 'there is no crash; there are: inbox · growth'],
  [['--faults', '--only', 'inbox'], 'there is no inbox; there are: crash · kill'],
  [['--faults', '--only', 'kill -9'], 'kill -9 may be: kill -9 of the hub · kill -9 of the database'],
  [['--faults', '--scale', 'small'], 'two runs'],
  [['--short'], '--faults'],
  [['--data', 'kept'], '--scale'],
])('%j is refused and says why', (args, why) => {
  expect(() => read(...args)).toThrow(WrongWish);
  expect(() => read(...args)).toThrow(why);
});
