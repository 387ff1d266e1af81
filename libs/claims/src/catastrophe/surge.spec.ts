import { isAcknowledged, waitHours, type Surge, type SurgeMessage } from './surge';

const surge: Surge = { on: true, since: '2026-11-22T08:00:00Z', by: 'me', brands: [], channels: [], catastrophe: null };
const message: SurgeMessage = { brandId: 'b', channel: 'twilio-sms', tags: [], at: new Date('2026-11-22T08:01:00Z'), wantsNoAnswer: false };

test.each<[string, Partial<Surge> | undefined, Partial<SurgeMessage>, boolean]>([
  ['everything', {}, {}, true],
  ['nothing while it is off', { on: false }, {}, false],
  ['nothing where nobody ever switched it', undefined, {}, false],
  ['not what came before', {}, { at: new Date('2026-11-22T07:59:00Z') }, false],
  ['no machine, no STOP', {}, { wantsNoAnswer: true }, false],
  ['another brand', { brands: ['other'] }, {}, false],
  ['its channel', { channels: ['twilio-sms'] }, {}, true],
  ['another event', { catastrophe: 'CAT-1' }, { tags: ['motor'] }, false],
  ['its event', { catastrophe: 'CAT-1' }, { tags: ['CAT-1'] }, true],
])('%s', (_words, over, about, acknowledged) => {
  expect(isAcknowledged(over && { ...surge, ...over }, { ...message, ...about })).toBe(acknowledged);
});

test.each([
  [{ ahead: 0, perHour: 10, untilOpen: 0 }, 1],
  [{ ahead: 35, perHour: 10, untilOpen: 0 }, 4],
  [{ ahead: 35, perHour: 10, untilOpen: 9 }, 24],
  [{ ahead: 5000, perHour: 10, untilOpen: 0 }, undefined],
])('%j is told as %s hours', (queue, hours) => {
  expect(waitHours(queue)).toBe(hours);
});
