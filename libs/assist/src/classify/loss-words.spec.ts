import { impressionOf } from './loss-words';

test.each([
  ['我在延安路被追尾了，人没事', { newLoss: true, injury: false, line: 'motor' }],
  ['crashed yesterday, policy 8812', { newLoss: true, injury: false, line: undefined }],
  ['My car was hit at the light, my wife is hurt', { newLoss: true, injury: true, line: 'motor' }],
  ['厨房水管爆管，家里被淹了', { newLoss: true, injury: false, line: 'property' }],
])('"%s" states a loss', (text, impression) => {
  expect(impressionOf(text)).toEqual(impression);
});

test.each(['车祸的赔款什么时候到账？', 'Any news about my accident claim?', 'is the estimate there?', '谢谢'])(
  '"%s" states none',
  (text) => {
    expect(impressionOf(text).newLoss).toBe(false);
  },
);
