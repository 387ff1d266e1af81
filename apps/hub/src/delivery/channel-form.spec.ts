import type { ChannelKind } from '@claimline/channels';
import { z } from 'zod';
import { fieldsOf, flatten, nest } from './channel-form';

const kind = {
  kind: 'pigeon',
  config: z.object({
    loft: z.string().meta({ title: 'Loft', description: 'Where they live' }),
    speed: z.enum(['slow', 'fast']).default('slow'),
    origins: z.array(z.string()).default([]),
    food: z.object({ grain: z.string(), grams: z.number().default(30), wet: z.boolean().default(false) }).optional(),
    net: z.object({ size: z.number() }),
  }),
  secrets: z.object({ whistle: z.string(), spare: z.string().default('') }),
} as unknown as ChannelKind;

test('every setting becomes a field of the right type, groups by their path, secrets last', () => {
  expect(fieldsOf(kind).map(({ name, type, required }) => `${name} ${type}${required ? ' !' : ''}`)).toEqual([
    'loft text !',
    'speed choice',
    'origins text',
    'food.grain text',
    'food.grams number',
    'food.wet boolean',
    'net.size number !',
    'whistle secret !',
    'spare secret',
  ]);
  expect(fieldsOf(kind)[1]).toMatchObject({ choices: ['slow', 'fast'], default: 'slow' });
});

test('what a form sends becomes what the schema wants, and comes back the same', () => {
  const typed = { loft: 'roof', 'food.grain': 'wheat', 'food.grams': 20, 'net.size': 2, origins: 'https://a.test, https://b.test' };
  const nested = nest(kind, typed);
  expect(nested).toEqual({
    loft: 'roof',
    food: { grain: 'wheat', grams: 20 },
    net: { size: 2 },
    origins: ['https://a.test', 'https://b.test'],
  });
  expect(flatten(nested)).toEqual({ ...typed, origins: ['https://a.test', 'https://b.test'] });
});

test('an optional group with nothing but its defaults is left out, a needed one is not', () => {
  expect(nest(kind, { loft: 'roof', 'food.grams': 30, 'food.wet': false, 'food.grain': '' })).toEqual({ loft: 'roof' });
  expect(nest(kind, { loft: 'roof', net: {} })).toEqual({ loft: 'roof', net: {} });
});

test('a name from outside reaches no prototype', () => {
  nest(
    kind,
    JSON.parse('{"__proto__.polluted": true, "constructor.prototype.polluted": true, "food.__proto__.polluted": true}') as Record<
      string,
      unknown
    >,
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
