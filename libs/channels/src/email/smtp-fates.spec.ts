import { fieldOfFailure, smtpFate, type SmtpFailure } from './smtp-fates';

test.each<[string, SmtpFailure, boolean, object]>([
  [
    'a dead mailbox',
    { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 5.1.1 <li@x.test>: User unknown' },
    false,
    { fate: 'rejected', reason: 'undeliverable', addressUnusable: true, vendorCode: '5.1.1' },
  ],
  [
    'a dead mailbox, said in words',
    { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 Mailbox not found' },
    false,
    { fate: 'rejected', addressUnusable: true },
  ],
  [
    'a full mailbox',
    { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 552, response: '552 5.2.2 Mailbox full' },
    false,
    { fate: 'rejected', reason: 'undeliverable', addressUnusable: false },
  ],
  [
    'spam, says the server',
    { code: 'EMESSAGE', command: 'DATA', responseCode: 554, response: '554 5.7.1 Message rejected as spam' },
    true,
    { fate: 'rejected', reason: 'rejected', addressUnusable: false },
  ],
  [
    'a policy about the recipient',
    { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 5.7.1 Relay access denied' },
    false,
    { fate: 'rejected', addressUnusable: false },
  ],
  [
    'greylisting',
    { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451, response: '451 4.7.1 Greylisted' },
    false,
    { fate: 'unavailable', retryAfter: 120_000 },
  ],
  ['a busy server', { code: 'EPROTOCOL', responseCode: 421, response: '421 4.3.2 Closing' }, false, { fate: 'unavailable' }],
  [
    'a 4xx after the mail',
    { code: 'EMESSAGE', command: 'DATA', responseCode: 452, response: '452 4.3.1 Disk full' },
    true,
    { fate: 'unavailable' },
  ],
  [
    'a wrong password',
    { code: 'EAUTH', responseCode: 535, response: '535 5.7.8 Bad credentials' },
    false,
    { fate: 'misconfigured', field: 'smtpPassword' },
  ],
  [
    'a sign-in that cannot be checked now',
    { code: 'EAUTH', responseCode: 454, response: '454 4.7.0 Temporary authentication failure' },
    false,
    { fate: 'unavailable' },
  ],
  [
    'no right to send under this address',
    { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553, response: '553 5.7.1 Sender address rejected: not owned by user' },
    false,
    { fate: 'misconfigured', field: 'address' },
  ],
  ['no connection', { code: 'ESOCKET', message: 'connect ECONNREFUSED' }, false, { fate: 'unavailable' }],
  ['an unknown host', { code: 'EDNS', message: 'getaddrinfo ENOTFOUND' }, false, { fate: 'unavailable', field: 'smtp.host' }],
  [
    'a broken connection before the mail',
    { code: 'ECONNECTION', message: 'Connection closed unexpectedly' },
    false,
    { fate: 'unavailable' },
  ],
  ['a broken connection after the mail', { code: 'ECONNECTION', message: 'Connection closed unexpectedly' }, true, { fate: 'uncertain' }],
  ['silence after the mail', { code: 'ETIMEDOUT', message: 'Timeout' }, true, { fate: 'uncertain' }],
])('%s', (_what, failure, bodyLeft, expected) => {
  expect(smtpFate(failure, bodyLeft)).toMatchObject(expected);
});

test.each<[SmtpFailure, string]>([
  [{ code: 'EAUTH', responseCode: 535 }, 'smtpPassword'],
  [{ code: 'ESOCKET', message: 'ssl3_get_record:wrong version number' }, 'smtp.secure'],
  [{ code: 'EDNS' }, 'smtp.host'],
  [{ code: 'ETIMEDOUT' }, 'smtp.host'],
])('"Test connection" names the field of %j: %s', (failure, field) => {
  expect(fieldOfFailure(failure)).toBe(field);
});

test('what the server says is shown in one line, and never the sign-in', () => {
  expect(smtpFate({ code: 'EMESSAGE', responseCode: 554, response: '554 5.7.1 no\r\nsecond line' }, true).message).toBe(
    'The mail server refuses: 554 5.7.1 no',
  );
  expect(smtpFate({ code: 'EAUTH', responseCode: 535, response: '535 user claims password hunter2' }, false).message).not.toContain(
    'hunter2',
  );
});
