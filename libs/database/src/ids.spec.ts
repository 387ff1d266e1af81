import { newId } from './ids';

test('ids ascend by time and within a millisecond, and carry version and variant of UUIDv7', () => {
  const at = new Date('2026-11-22T08:00:00Z');
  const ids = Array.from({ length: 2000 }, () => newId(at));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(2000);
  expect(newId(new Date(at.getTime() + 1)) > ids.at(-1)!).toBe(true);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
