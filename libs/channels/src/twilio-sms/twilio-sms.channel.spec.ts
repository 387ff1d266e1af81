import { tel } from '@claimline/messages';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { describeChannelContract, Stage, type ContractHarness } from '../testing';
import { startTwilioSms } from './simulator';
import { twilioSms } from './twilio-sms.channel';

const customer = tel('+15550100177');
const photo = { name: 'bumper.jpg', contentType: 'image/jpeg', content: Buffer.from('ffd8ffe000104a464946', 'hex') };

const harness: ContractHarness = {
  start: startTwilioSms,
  line: '+15550100100',
  customer,
  actions: [
    { do: 'message', from: customer, text: 'Crashed yesterday, policy 8812 我在延安路被追尾了 + 100% & more' },
    { do: 'message', from: customer, text: 'the bumper', media: [photo, photo] },
    { do: 'message', from: customer, text: 'STOP' },
  ],
  mediaAction: { do: 'message', from: customer, text: '', media: [photo] },
  wrong: { field: 'authToken', secrets: { authToken: '0'.repeat(32) } },
  troubles: {
    // A 500 says nothing about what Twilio did before: it is asked with `find`.
    'answer-500': { fate: 'uncertain', vendorCode: '20500' },
    refuse: { fate: 'rejected', reason: 'undeliverable', vendorCode: '21612' },
    'opted-out': { fate: 'suppressed', reason: 'opted-out', vendorCode: '21610' },
    undeliverable: { later: 'undeliverable', reason: 'address-unusable', vendorCode: '30005' },
    unauthorized: { fate: 'misconfigured', field: 'authToken' },
    'window-closed': { cannot: 'SMS knows no window in which one may write' },
  },
  forge: {
    unsigned: (request) => ({ ...request, headers: { ...request.headers, 'x-twilio-signature': undefined } }),
    nonsense: (request, line) => ({
      ...request,
      body: Buffer.from('Nonsense=1'),
      headers: { ...request.headers, 'x-twilio-signature': getExpectedTwilioSignature(line.secrets.authToken ?? '', request.url, { Nonsense: '1' }) },
    }),
  },
  skip: [
    { reason: 'Twilio signs no time; a replay has the same MessageSid and is known by it', rules: ['refuses-stale'] },
    { reason: 'Twilio calls us, we hold no stream open', rules: ['stream-stops', 'stream-redelivers'] },
  ],
};

describeChannelContract(twilioSms, harness);
