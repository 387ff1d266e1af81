import { CHANNEL_KINDS } from './all';
import { SIMULATORS } from './simulators';

test('every kind has a name of its own', () => {
  const names = CHANNEL_KINDS.map(({ kind }) => kind);
  expect(new Set(names).size).toBe(names.length);
});

test('every kind can be played in a box, and every box plays a kind', () => {
  expect(Object.keys(SIMULATORS).sort()).toEqual(CHANNEL_KINDS.map(({ kind }) => kind).sort());
});

test.each(CHANNEL_KINDS.map((kind) => [kind.kind, kind] as const))('"%s" is open about what it can do', (_name, { capabilities }) => {
  // Who cannot be written to has no address, and who has none is never written to.
  expect(capabilities.schemes.length > 0).toBe(capabilities.proactive || capabilities.window !== null);
  expect(capabilities.maxText).toBeGreaterThan(0);
  // A template outside of a window makes sense only where there is one.
  expect(capabilities.templateOutsideWindow && capabilities.window === null).toBe(false);
});
