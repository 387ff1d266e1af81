import { addressKey, parseAddressKey, sameAddress, tel, wechat } from './address';

test('an address and its key are the same thing said twice', () => {
  for (const address of [tel('+15550100100'), wechat('wx5823bf96d3bd56c7', 'oX1')])
    expect(parseAddressKey(addressKey(address))).toEqual(address);
});

test('the same openid of two apps is two addresses', () => {
  expect(sameAddress(wechat('wx1', 'oX1'), wechat('wx2', 'oX1'))).toBe(false);
});

test('a text without a scheme is named in the error', () => {
  expect(() => parseAddressKey('15550100100')).toThrow('"15550100100" is not an address');
});
