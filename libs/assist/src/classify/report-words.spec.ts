import { reportHints } from './report-words';

test.each([
  ['我在延安路被追尾了，人没事', { injured: false, line: 'motor', lossKind: 'rear-end', location: '延安路' }],
  [
    '昨天车牌沪A·12345在中山东路被撞，车开不了，保单尾号8812',
    { line: 'motor', lossKind: 'collision', location: '中山东路', plate: '沪A·12345', policy: '8812', daysAgo: 1, usable: false },
  ],
  ['crashed yesterday, policy 8812', { lossKind: 'collision', policy: '8812', daysAgo: 1 }],
  [
    'I was rear-ended on Elm Street this morning, nobody is hurt, the car can be driven',
    { injured: false, line: 'motor', lossKind: 'rear-end', location: 'Elm Street', daysAgo: 0, usable: true },
  ],
  ['My husband is injured, he is in hospital', { injured: true, lossKind: 'injury' }],
  ['家里水管爆管，地板被淹', { line: 'property', lossKind: 'water' }],
  ['什么时候赔款到账', {}],
])('%s', (text, told) => {
  expect(reportHints(text)).toEqual(told);
});
