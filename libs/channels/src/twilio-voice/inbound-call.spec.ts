import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tel } from '@claimline/messages';
import { placeOf } from './call-place';
import { callEvent, placeBehind, waitsAt } from './inbound-call';

const fixture = (name: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(readFileSync(path.join(__dirname, 'fixtures', name), 'utf8').trim()));
const call = {
  kind: 'call',
  to: '+15550100200',
  from: tel('+15550100177'),
  callId: 'CA00112233445566778899aabbccddeeff',
  direction: 'inbound',
};
const bare = { CallSid: 'CA1', From: '+15550100177', To: '+15550100200', Direction: 'inbound' };

test('a call that starts', () => {
  expect(callEvent('started', fixture('call-started.form'))).toEqual({
    ...call,
    key: 'CA00112233445566778899aabbccddeeff:started',
    phase: { is: 'started' },
    mark: undefined,
  });
});

test('a recording whose caller hung up is one event, told by the call or by the file', () => {
  const fields = { ...fixture('call-recorded.form'), mark: 'voicemail', turn: '4' };
  const told = callEvent('recorded', fields);
  expect(told).toEqual({
    ...call,
    key: 'CA00112233445566778899aabbccddeeff:recorded:RE00112233445566778899aabbccddeeff',
    mark: 'voicemail',
    phase: {
      is: 'recorded',
      seconds: 7,
      media: {
        key: 'RE00112233445566778899aabbccddeeff',
        contentType: 'audio/mpeg',
        durationSeconds: 7,
        url: 'https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000000/Recordings/RE00112233445566778899aabbccddeeff.mp3',
      },
    },
  });
  expect(callEvent('recording', fields)).toEqual(told);
});

test('the words of a recording name it', () => {
  expect(callEvent('transcribed', fixture('call-transcribed.form'))?.phase).toEqual({
    is: 'transcribed',
    recording: 'RE00112233445566778899aabbccddeeff',
    text: 'I was rear-ended.',
  });
});

test.each([
  ['completed', 'answered'],
  ['busy', 'busy'],
  ['no-answer', 'no-answer'],
  ['canceled', 'no-answer'],
  ['failed', 'failed'],
  ['teleported', 'failed'],
])('a dialled phone: "%s" is %s', (DialCallStatus, outcome) => {
  expect(callEvent('dialed', { ...bare, DialCallStatus })?.phase).toMatchObject({ is: 'dialed', outcome });
});

test.each([
  ['bridged', 'answered'],
  ['hangup', 'no-answer'],
  ['queue-full', 'failed'],
  ['system-error', 'failed'],
])('a queue that was left: "%s" is %s', (QueueResult, outcome) => {
  expect(callEvent('left', { ...bare, QueueResult })?.phase).toMatchObject({ is: 'dialed', outcome });
});

test.each(['queued', 'initiated', 'ringing', 'in-progress', 'answered'])('"%s" is not the end of a call', (CallStatus) => {
  expect(callEvent('status', { ...bare, CallStatus })).toBeUndefined();
});

test.each(['completed', 'busy', 'no-answer', 'failed', 'canceled'])('"%s" is', (CallStatus) => {
  expect(callEvent('status', { ...bare, CallStatus, CallDuration: '12' })).toMatchObject({
    key: 'CA1:ended',
    phase: { is: 'ended', outcome: CallStatus, seconds: 12 },
  });
});

test('a call that we placed speaks of the customer, not of our own phone that rang first', () => {
  const fields = {
    CallSid: 'CA1',
    From: '+15550100200',
    To: '+15550100142',
    Direction: 'outbound-api',
    CallStatus: 'completed',
    customer: '+15550100177',
  };
  expect(callEvent('status', fields)).toMatchObject({ direction: 'outbound', to: '+15550100200', from: tel('+15550100177') });
});

test.each([
  ['started', true],
  ['gather', true],
  ['recorded', true],
  ['dialed', true],
  ['left', true],
  ['recording', false],
  ['transcribed', false],
  ['status', false],
] as const)('at "%s" a call waits for us: %s', (name, waits) => {
  expect(waitsAt(name)).toBe(waits);
});

test.each([
  ['', 'started'],
  ['voice', 'started'],
  ['voice/gather', 'gather'],
  ['status', undefined],
  ['voice/other', undefined],
])('the path "%s" is "%s"', (below, name) => {
  expect(placeOf(below)).toBe(name);
});

test.each([
  ['7', 7],
  ['x', 1],
  ['1e400', 1],
  [undefined, 1],
])('turn %s is read as %i', (turn, read) => {
  expect(placeBehind(turn === undefined ? {} : { turn }, 'https://hub.example/w').turn).toBe(read);
});

test.each([
  ['gather', { From: '+1', To: '+2' }],
  ['recorded', bare],
  ['status', bare],
  ['dialed', bare],
  ['transcribed', bare],
] as const)('"%s" without what it needs is malformed', (name, fields) => {
  expect(() => callEvent(name, fields)).toThrow(/Twilio's request has no \w+/);
});
