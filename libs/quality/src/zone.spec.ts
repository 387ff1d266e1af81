import { DateTime, IANAZone } from 'luxon';
import { zoneOf } from './zone';

const ZONES = ['Asia/Shanghai', 'America/New_York', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Monrovia'];

test.each(ZONES)('%s is as far from UTC as luxon says, some hundred moments of years with changes, and twice', (name) => {
  const [zone, truth] = [zoneOf(name) as IANAZone, new IANAZone(name)];
  for (const year of [1971, 1987, 2011, 2026]) {
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 219_660_000) {
      expect(zone.offset(at)).toBe(truth.offset(at));
      expect(zone.offset(at)).toBe(truth.offset(at));
    }
  }
});

test('the minute in which the clocks change is told from the one before', () => {
  const zone = zoneOf('America/St_Johns') as IANAZone;
  // 2011-03-13, one minute past midnight: the last time that it was not the whole hour.
  const change = Date.parse('2011-03-13T03:31:00Z');
  expect([zone.offset(change - 1), zone.offset(change)]).toEqual([-210, -150]);
});

test('what has been asked is not asked again', () => {
  const zone = zoneOf('Europe/Lisbon') as IANAZone;
  const asked = jest.spyOn(IANAZone.prototype, 'offset');
  const at = DateTime.utc(2026, 7, 1, 12);
  const told = [zone.offset(at.toMillis()), zone.offset(at.plus({ seconds: 59 }).toMillis())];
  expect([told, asked.mock.calls.length]).toEqual([[60, 60], 1]);
  asked.mockRestore();
});

test('a zone that nobody knows makes an invalid moment, as its name does', () => {
  expect(DateTime.fromMillis(0, { zone: zoneOf('Mars/Olympus') }).isValid).toBe(false);
});

test('a moment that is none has no offset', () => {
  expect((zoneOf('Asia/Shanghai') as IANAZone).offset(NaN)).toBeNaN();
});
