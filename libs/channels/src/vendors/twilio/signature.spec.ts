import fc from 'fast-check';
import { ChannelError, type WebhookRequest } from '@claimline/messages';
import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { signedFields } from './signature';

function posted(
  url: string,
  body: string,
  signature: string,
  contentType = 'application/x-www-form-urlencoded; charset=UTF-8',
): WebhookRequest {
  return {
    method: 'POST',
    url,
    path: '',
    headers: { 'content-type': contentType, 'x-twilio-signature': signature },
    body: Buffer.from(body),
  };
}

const fateOf = (work: () => unknown): string => {
  try {
    work();
    return 'believed';
  } catch (error) {
    return error instanceof ChannelError ? error.fate : String(error);
  }
};

// channel-contracts: vectors that were computed independently of the SDK.
const CALL = {
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
  signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
};
const TEXT = {
  url: 'https://example.com/hooks/twilio/sms?tenant=t1',
  body: 'MessageSid=SM0123&From=%2B14155550100&To=%2B14155550111&Body=Hello++adjuster&NumMedia=0',
  signature: 'Lk5YI/HRvhND6VOgAs+s4Y7G4VY=',
};

test.each([CALL, TEXT])('the known signature of $url is believed', ({ url, body, signature }) => {
  expect(fateOf(() => signedFields('12345', posted(url, body, signature)))).toBe('believed');
});

test('fields come decoded, the ones of the address too', () => {
  expect(signedFields('12345', posted(TEXT.url, TEXT.body, TEXT.signature))).toMatchObject({
    Body: 'Hello  adjuster',
    From: '+14155550100',
    tenant: 't1',
  });
});

test.each([
  ['another token', () => signedFields('54321', posted(CALL.url, CALL.body, CALL.signature))],
  ['another address', () => signedFields('12345', posted(CALL.url.replace('foo=1', 'foo=2'), CALL.body, CALL.signature))],
  ['another host', () => signedFields('12345', posted(CALL.url.replace('mycompany', 'yourcompany'), CALL.body, CALL.signature))],
  ['a field more', () => signedFields('12345', posted(CALL.url, `${CALL.body}&Extra=1`, CALL.signature))],
  ['a field less', () => signedFields('12345', posted(CALL.url, CALL.body.replace('&Digits=1234', ''), CALL.signature))],
  ['one space less', () => signedFields('12345', posted(TEXT.url, TEXT.body.replace('++', '+'), TEXT.signature))],
  ['an empty signature', () => signedFields('12345', posted(CALL.url, CALL.body, ''))],
  ['a form that calls itself something else', () => signedFields('12345', posted(CALL.url, CALL.body, CALL.signature, 'text/plain'))],
])('%s is not believed', (_what, work) => {
  expect(fateOf(work)).toBe('unauthentic');
});

test.each(['https://hub.example:443/webhooks/1', 'https://hub.example/webhooks/1'])(
  '%s is believed, whether Twilio signed the default port or not',
  (url) => {
    for (const signed of ['https://hub.example:443/webhooks/1', 'https://hub.example/webhooks/1']) {
      const signature = getExpectedTwilioSignature('12345', signed, { A: '1' });
      expect(fateOf(() => signedFields('12345', posted(url, 'A=1', signature)))).toBe('believed');
    }
  },
);

test('a field that came several times is signed as its different values in order', () => {
  const signature = getExpectedTwilioSignature('12345', 'https://hub.example/w', { Media: ['b', 'a', 'b'] });
  expect(signedFields('12345', posted('https://hub.example/w', 'Media=b&Media=a&Media=b', signature))).toMatchObject({
    Media: ['b', 'a', 'b'],
  });
});

test('a body that is no form is believed by its hash, byte for byte', () => {
  const body = '{"event": "理赔"}';
  const url = `https://hub.example/w?bodySHA256=${getExpectedBodyHash(body)}`;
  const signature = getExpectedTwilioSignature('12345', url, {});
  expect(fateOf(() => signedFields('12345', posted(url, body, signature, 'application/json')))).toBe('believed');
  expect(fateOf(() => signedFields('12345', posted(url, `${body} `, signature, 'application/json')))).toBe('unauthentic');
  const bare = getExpectedTwilioSignature('12345', 'https://hub.example/w', {});
  expect(fateOf(() => signedFields('12345', posted('https://hub.example/w', body, bare, 'application/json')))).toBe('unauthentic');
});

test('whatever Twilio signs is believed, and any changed byte of it is not', () => {
  const fields = fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), {
    minKeys: 1,
    maxKeys: 6,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(fields, fc.nat(), (form, at) => {
      const body = new URLSearchParams(form).toString();
      // What left as a form is what is signed: lone surrogates and the like are gone by then.
      const sent = Object.fromEntries(new URLSearchParams(body));
      const signature = getExpectedTwilioSignature('token', 'https://hub.example/w', sent);
      expect(signedFields('token', posted('https://hub.example/w', body, signature))).toEqual(expect.objectContaining(sent));
      const spoilt = body.slice(0, at % body.length) + (body[at % body.length] === 'x' ? 'y' : 'x') + body.slice((at % body.length) + 1);
      expect(fateOf(() => signedFields('token', posted('https://hub.example/w', spoilt, signature)))).toBe('unauthentic');
    }),
    { numRuns: 60 },
  );
});
