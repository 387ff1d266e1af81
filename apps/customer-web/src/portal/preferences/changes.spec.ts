import type { PortalChoices } from '@claimline/protocol';
import { consentsOf, tickOf, ticksOf } from './changes';

const way: PortalChoices['ways'][number] = {
  address: 'a-1',
  to: 'n…@customers.test',
  channel: 'email',
  title: 'E-mail',
  purposes: [
    { purpose: 'service', state: 'unknown' },
    { purpose: 'survey', state: 'opted-out' },
    { purpose: 'electronic_notices', state: 'unknown' },
  ],
};
const choices: PortalChoices = {
  language: 'en',
  favourites: [],
  hours: { anyHour: false, quietFrom: '21:00', quietTo: '08:00' },
  timeZone: 'UTC',
  ways: [way],
  electronic: { version: '2026-11', words: 'I agree' },
};

test('what nobody has refused is ticked; written notices want a yes of their own', () => {
  expect(Object.values(ticksOf(choices))).toEqual([true, false, false]);
});

test('what was left alone says nothing', () => {
  expect(consentsOf(choices, ticksOf(choices))).toEqual([]);
});

test('what was changed is said, both ways', () => {
  const ticks = { ...ticksOf(choices), [tickOf(way, 'service')]: false, [tickOf(way, 'electronic_notices')]: true };
  expect(consentsOf(choices, ticks)).toEqual([
    { address: 'a-1', channel: 'email', purpose: 'service', state: 'opted-out' },
    { address: 'a-1', channel: 'email', purpose: 'electronic_notices', state: 'granted' },
  ]);
});
