import type { Outcome, Scenario } from './faults/scenario';
import { faultText, playFaults } from './play-faults';

const scenario = (name: string, run: Scenario['run']): Scenario => ({ name, promise: `${name} holds`, run });

test('all are played in their order, and one that throws stands as wrong without stopping the others', async () => {
  const sizes: string[] = [];
  const played = await playFaults(
    [
      scenario('crash', () => Promise.reject(new Error('the hub did not come back'))),
      scenario('shuffle', (size) => {
        sizes.push(size);
        return Promise.resolve({ counts: { sent: 3, stored: 3 }, wrong: [] });
      }),
    ],
    'short',
    () => undefined,
  );
  expect(played.map(({ name, wrong }) => [name, wrong])).toEqual([
    ['crash', ['the hub did not come back']],
    ['shuffle', []],
  ]);
  expect(played[1]!.counts).toEqual({ sent: 3, stored: 3 });
  expect(sizes).toEqual(['short']);
});

test('a scenario may be an object with a state of its own', async () => {
  class Storm implements Scenario {
    readonly name = 'storm';
    readonly promise = 'nothing is lost';
    private readonly sent = 2;
    run(): Promise<Outcome> {
      return Promise.resolve({ counts: { sent: this.sent }, wrong: [] });
    }
  }
  expect((await playFaults([new Storm()], 'whole', () => undefined))[0]!.counts).toEqual({ sent: 2 });
});

test('what is broken is said in sentences', () => {
  const played = { name: 'crash', promise: '', seconds: 4, counts: { lost: 1 }, wrong: ['one message is lost'] };
  expect(faultText(played)).toBe('    lost: 1\n  BROKEN (4 s)\n    one message is lost');
});
