import { dueChoices } from './due-choices';

const codes = (now: Date): string[] => dueChoices(now).map((choice) => choice.code);
const at = (now: Date, code: string): Date | undefined => dueChoices(now).find((choice) => choice.code === code)?.at;

describe('times that people say', () => {
  it('offers this afternoon only while there is one', () => {
    expect(codes(new Date(2026, 10, 23, 9))).toContain('this-afternoon');
    expect(codes(new Date(2026, 10, 23, 15))).not.toContain('this-afternoon');
  });

  it('means Monday at nine by next week, also on a Sunday and on a Monday', () => {
    expect(at(new Date(2026, 10, 22, 12), 'next-week')).toEqual(new Date(2026, 10, 23, 9));
    expect(at(new Date(2026, 10, 23, 8), 'next-week')).toEqual(new Date(2026, 10, 30, 9));
  });

  it('goes over the end of a month', () => {
    expect(at(new Date(2026, 10, 29, 12), 'in-three-days')).toEqual(new Date(2026, 11, 2, 9));
  });
});
