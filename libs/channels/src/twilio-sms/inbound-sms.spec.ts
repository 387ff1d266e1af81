import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ChannelError } from '@claimline/messages';
import { carrierHandled, deliveryReport, inboundMessage } from './inbound-sms';

const fixture = (name: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(readFileSync(path.join(__dirname, 'fixtures', name), 'utf8').trim()));

test('a picture message has its words, its files and the carrier’s numbers', () => {
  expect(inboundMessage(fixture('mms-inbound.form'))).toEqual({
    kind: 'message',
    key: 'MM0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    to: '+15550100100',
    from: { scheme: 'tel', scope: '', value: '+15550100177' },
    text: 'Two photos & a question: covered?',
    media: [
      {
        key: 'ME11111111111111111111111111111111',
        url: 'https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages/MM0f1e2d3c4b5a69788796a5b4c3d2e1f0/Media/ME11111111111111111111111111111111',
        contentType: 'image/jpeg',
      },
      {
        key: 'ME22222222222222222222222222222222',
        url: 'https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages/MM0f1e2d3c4b5a69788796a5b4c3d2e1f0/Media/ME22222222222222222222222222222222',
        contentType: 'image/png',
      },
    ],
    carrierHandled: undefined,
    facts: { NumSegments: '1', FromCountry: 'US', FromState: 'CA' },
  });
});

test('a STOP that Advanced Opt-Out handled says so', () => {
  expect(inboundMessage(fixture('sms-stop.form'))).toMatchObject({
    text: 'Stop',
    carrierHandled: 'opt-out',
    facts: { OptOutType: 'STOP' },
  });
});

test('a failed delivery carries the code, the state and what the ledger must learn', () => {
  expect(deliveryReport(fixture('status-undelivered-21610.form'), '+15550100100')).toEqual({
    kind: 'delivery',
    key: 'SM0123456789abcdef0123456789abcdef:undelivered',
    to: '+15550100100',
    externalId: 'SM0123456789abcdef0123456789abcdef',
    deliveryId: undefined,
    state: 'suppressed',
    reason: 'opted-out',
    vendorCode: '21610',
    optedOut: true,
  });
});

test.each([
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['partially_delivered', 'delivered'],
  ['read', 'read'],
  ['canceled', 'canceled'],
  ['undelivered', 'undeliverable'],
  ['failed', 'failed'],
  ['teleported', undefined],
])('Twilio’s "%s" is %s', (MessageStatus, state) => {
  expect(deliveryReport({ MessageSid: 'SM1', MessageStatus }, '+15550100100')?.state).toBe(state);
});

test.each([
  ['STOP', undefined, 'opt-out'],
  [' stop ', undefined, 'opt-out'],
  ['Unsubscribe', undefined, 'opt-out'],
  ['START', undefined, 'opt-in'],
  ['help', undefined, 'help'],
  ['ALTO', 'STOP', 'opt-out'],
  ['ok', 'START', 'opt-in'],
  // The carrier lifts its block on YES, too; an adjuster's question may have asked for it.
  ['YES', 'START', undefined],
  ['yes', undefined, undefined],
  // Twilio does not read these: the hub has to answer them itself.
  ['please stop texting me', undefined, undefined],
  ['退订', undefined, undefined],
  ['Stop by the garage tomorrow', undefined, undefined],
])('"%s" with OptOutType %s was handled by the carrier as %s', (text, type, handled) => {
  expect(carrierHandled(text, type)).toBe(handled);
});

test.each([
  [{ From: '+1', To: '+2' }],
  [{ MessageSid: 'SM1', To: '+2' }],
  [{ MessageSid: 'SM1', From: '+1' }],
  [{ MessageSid: 'SM1', From: '+1', To: '+2', NumMedia: '1' }],
])('a form without what it needs is malformed: %p', (fields) => {
  const work = () => inboundMessage(fields as Record<string, string>);
  expect(work).toThrow(ChannelError);
  expect(work).toThrow(/Twilio's request has no \w+/);
});

test('an absurd number of files costs no memory', () => {
  expect(() => inboundMessage({ MessageSid: 'SM1', From: '+1', To: '+2', NumMedia: '1e9' })).toThrow(/MediaUrl0/);
});
