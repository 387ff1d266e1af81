import { impressionOf } from './loss-words';

test.each([
  ['我在延安路被追尾了，人没事', { newLoss: true, injury: false, line: 'motor' }],
  ['crashed yesterday, policy 8812', { newLoss: true, injury: false, line: undefined }],
  ['My car was hit at the light, my wife is hurt', { newLoss: true, injury: true, line: 'motor' }],
  ['厨房水管爆管，家里被淹了', { newLoss: true, injury: false, line: 'property' }],
])('"%s" states a loss', (text, impression) => {
  expect(impressionOf(text)).toMatchObject(impression);
});

test.each(['车祸的赔款什么时候到账？', 'Any news about my accident claim?', 'is the estimate there?', '谢谢'])(
  '"%s" states none',
  (text) => {
    expect(impressionOf(text).newLoss).toBe(false);
  },
);

test.each([
  ['被压在车下，流血了', true, false],
  ['屋顶塌了，我妈妈被困', true, false],
  ['司机当场死亡', true, true],
  ['人员无伤亡，只是车坏了', false, false],
  ['没有人受伤', false, false],
  ['My father is trapped under the roof', true, false],
  ['We are in the emergency room', true, false],
  ['Two people were killed', true, true],
  ['My phone died, sorry', false, false],
  ['The hail broke the windshield, no casualties', false, false],
  ['We are all unhurt', false, false],
])('"%s": hurt %s, dead %s', (text, injury, fatality) => {
  expect(impressionOf(text)).toMatchObject({ injury, fatality });
});
