import { consentIntent } from './consent-words';

test.each([
  ['STOP', 'opt-out'],
  [' stop. ', 'opt-out'],
  ['退订', 'opt-out'],
  ['TD', 'opt-out'],
  ['拒收', 'opt-out'],
  ["please don't text me", 'opt-out'],
  ['别再给我发短信', 'opt-out'],
  ['别再给我发短信了', 'opt-out'],
  ['START', 'opt-in'],
  ['HELP', 'help'],
])('%s means %s', (words, intent) => {
  expect(consentIntent(words)).toBe(intent);
});

test.each(['YES', 'Stop by the garage tomorrow', 'the car would not stop at the light', '停车场的监控什么时候给我发', 'ok thanks'])(
  '"%s" says nothing about consent',
  (words) => {
    expect(consentIntent(words)).toBeUndefined();
  },
);

test('a long message that also asks to be left alone is for a person to judge', () => {
  expect(
    consentIntent(
      "I talked to the garage and they say the bumper is done on Friday. Also please don't text me any more at night, call me instead.",
    ),
  ).toBe('review');
});
