import { markOf, marksIn, shownMark } from './loss-marks';

test.each([
  ['Hail damage, policy number PDAA2026-8812', [{ kind: 'policy', value: 'PDAA20268812' }]],
  ['冰雹砸车，保单号：PDAA2026310000008812', [{ kind: 'policy', value: 'PDAA2026310000008812' }]],
  ['我的车沪A·12345被砸了', [{ kind: 'plate', value: '沪A12345' }]],
  [
    'plate HX-12345, call me at +1 (415) 555-0123',
    [
      { kind: 'plate', value: 'HX12345' },
      { kind: 'phone', value: '4155550123' },
    ],
  ],
  ['My registration form is missing', []],
  ['nobody is hurt', []],
])('"%s" names %j', (text, marks) => {
  expect(marksIn(text)).toEqual(marks);
});

test('what is too short to tell one loss from another is no mark', () => {
  expect(markOf('plate', 'A1')).toBeUndefined();
  expect(markOf('phone', '10086')).toBeUndefined();
  expect(markOf('phone', '+86 138 0013 8000')).toEqual({ kind: 'phone', value: '3800138000' });
  expect(shownMark('PDAA20268812')).toBe('··8812');
});
