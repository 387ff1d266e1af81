import { email } from '@claimline/messages';
import { describeChannelContract, type ContractHarness } from '../testing';
import { emailKind } from './email.channel';
import { EmailSimulator } from './simulator';

const harness: ContractHarness = {
  start: EmailSimulator.start,
  line: 'claims@insurer.example.test',
  customer: email('li.hua@customers.example.test', 'Li Hua'),
  actions: [
    { do: 'message', from: email('li.hua@customers.example.test', 'Li Hua'), text: 'My car was hit yesterday.', subject: 'Accident' },
    {
      do: 'message',
      from: email('li.hua@customers.example.test'),
      text: '照片见附件',
      subject: '理赔',
      media: [{ name: '照片.jpg', contentType: 'image/jpeg', content: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) }],
    },
  ],
  outbound: {
    subject: 'Your claim',
    thread: { token: '0192f0c1-2f64-7b31-9d5e-3a1b2c3d4e5f', references: ['<first@customers.example.test>'] },
  },
  wrong: { field: 'smtpPassword', secrets: { smtpPassword: 'not the password' } },
  troubles: {
    refuse: { fate: 'rejected', reason: 'undeliverable', vendorCode: '5.1.1', addressUnusable: true },
    unauthorized: { fate: 'misconfigured', field: 'smtpPassword' },
    'opted-out': { cannot: 'SMTP has no word for an opt-out: the ledger of the hub keeps it' },
    'window-closed': { cannot: 'mail knows no window' },
  },
};

const always = [
  {
    reason: 'mail has no signature of a vendor: who wrote is never believed on this door',
    rules: ['refuses-unsigned', 'refuses-tampered', 'refuses-stale', 'malformed'] as const,
  },
  { reason: 'mail has no webhook door; its own specs cover redelivery over SMTP and IMAP', rules: ['redelivery'] as const },
  { reason: 'a mail brings its files with it, there is nothing to fetch', rules: ['media', 'vendor-hosts-only'] as const },
  { reason: 'SMTP promises no receipt: only bounces are news', rules: ['receipts'] as const },
  { reason: 'what was missed waits at the sender (SMTP) or in the mailbox (IMAP)', rules: ['backfill'] as const },
];

describe('mail delivered to the hub', () => {
  describeChannelContract(emailKind, {
    ...harness,
    skip: [
      ...always,
      { reason: 'without a folder of sent mail nobody can say whether an uncertain mail left', rules: ['finds'] },
      { reason: 'no mailbox is read on this line', rules: ['stream-stops', 'stream-redelivers'] },
    ],
  });
});

describe('mail read from a mailbox', () => {
  const start: ContractHarness['start'] = async (host) => {
    const simulator = await EmailSimulator.start(host);
    simulator.newLine = simulator.newImapLine.bind(simulator);
    return simulator;
  };
  describeChannelContract(emailKind, { ...harness, start, skip: always });
});
