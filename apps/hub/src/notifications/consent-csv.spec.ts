import type { ConsentAct } from '@claimline/protocol';
import { consentCsv } from './consent-csv';

const act = (words: string | null): ConsentAct => ({
  at: '2026-11-22T08:00:00.000Z',
  state: 'opted-out',
  source: 'word',
  by: null,
  words,
  changed: [{ address: '+15550100200', channel: 'twilio-sms', purposes: ['informational', 'service'] }],
  textVersion: null,
  evidence: { messageId: 'm-1' },
  conversationId: null,
});

test('each line tells who, when, what, where and by which proof', () => {
  const [, line] = consentCsv('Li Wei', [act('STOP')]).split('\r\n');
  expect(line).toBe('Li Wei,2026-11-22T08:00:00.000Z,opted-out,word,,+15550100200,twilio-sms,informational service,STOP,,messageId:m-1');
});

test('a customer’s words stay words', () => {
  expect(consentCsv('Li Wei', [act('=HYPERLINK("http://x")')])).toContain(`"'=HYPERLINK(""http://x"")"`);
});
