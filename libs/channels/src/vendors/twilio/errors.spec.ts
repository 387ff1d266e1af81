import { refusal, silence, TWILIO_ERRORS } from './errors';

// channel-contracts.md §3.1 "Error → action" and §3.0 rule 5.
test.each([
  ['21610', 'suppressed', 'opted-out', 'suppressed'],
  ['21211', 'rejected', 'address-unusable', 'undeliverable'],
  ['21614', 'rejected', 'address-unusable', 'undeliverable'],
  ['21635', 'rejected', 'address-unusable', 'undeliverable'],
  ['21408', 'rejected', 'misconfigured', 'undeliverable'],
  ['20003', 'misconfigured', 'misconfigured', 'failed'],
  ['20429', 'unavailable', 'rate-limited', 'failed'],
  ['30001', 'unavailable', 'rate-limited', 'failed'],
  ['30003', 'unavailable', 'unreachable', 'failed'],
  ['30004', 'rejected', 'carrier-blocked', 'undeliverable'],
  ['30005', 'rejected', 'address-unusable', 'undeliverable'],
  ['30006', 'rejected', 'address-unusable', 'undeliverable'],
  ['30007', 'rejected', 'carrier-blocked', 'undeliverable'],
  ['30008', 'unavailable', 'unknown', 'failed'],
  ['30034', 'misconfigured', 'misconfigured', 'failed'],
  ['30610', 'suppressed', 'quiet-hours', 'suppressed'],
  ['63016', 'window-closed', 'window-closed', 'suppressed'],
  ['63018', 'unavailable', 'rate-limited', 'failed'],
  ['63024', 'rejected', 'address-unusable', 'undeliverable'],
])('code %s is %s (%s), and %s when it is reported', (code, fate, reason, reported) => {
  expect(refusal({ method: 'post', status: 400, code })).toMatchObject({ fate, reason, vendorCode: code });
  expect(TWILIO_ERRORS[code]?.reported).toBe(reported);
});

test.each([
  [401, 'misconfigured', 'authToken'],
  [404, 'misconfigured', 'accountSid'],
  [307, 'misconfigured', 'apiBaseUrl'],
  [429, 'unavailable', undefined],
  [503, 'unavailable', undefined],
  [500, 'uncertain', undefined],
  [502, 'uncertain', undefined],
  [400, 'rejected', undefined],
])('an answer %i without a code is %s', (status, fate, field) => {
  expect(refusal({ method: 'post', status })).toMatchObject({ fate, field });
});

test('a broken answer to a question may be asked again', () => {
  expect(refusal({ method: 'get', status: 500 }).fate).toBe('unavailable');
  expect(silence('get', new Error('reset')).fate).toBe('unavailable');
});

test.each([
  ['ECONNREFUSED', 'unavailable'],
  ['ENOTFOUND', 'unavailable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'unavailable'],
  ['ECONNRESET', 'uncertain'],
  ['UND_ERR_SOCKET', 'uncertain'],
  ['UND_ERR_HEADERS_TIMEOUT', 'uncertain'],
])('%s while sending is %s', (code, fate) => {
  expect(silence('post', new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) })).fate).toBe(fate);
});

test('an address that our own client will not call is a setting to correct', () => {
  const error = Object.assign(new Error('10.0.0.1 leads to a private address'), { name: 'ForbiddenAddress' });
  expect(silence('post', error)).toMatchObject({
    fate: 'misconfigured',
    field: 'apiBaseUrl',
    message: expect.stringContaining('private address'),
  });
});

test('every address of a host refused: nothing left', () => {
  const each = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  expect(silence('post', new TypeError('fetch failed', { cause: new AggregateError([each, each]) })).fate).toBe('unavailable');
});

test('an error never repeats what Twilio said, which may quote the number', () => {
  expect(refusal({ method: 'post', status: 400, code: '21211' }).message).toBe(
    'The number is not valid. (Twilio answered 400 with code 21211)',
  );
});
