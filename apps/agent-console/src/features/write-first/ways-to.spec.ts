import type { Contact } from '@claimline/protocol';
import { conversationFor, hasFields, waysTo } from './ways-to';

type Address = Contact['addresses'][number];
type Consent = Address['consent'][number]['state'];

const address = (value: string, channels: Record<string, Consent>, part: Partial<Address> = {}): Address => ({
  id: value,
  scheme: 'other',
  value,
  level: 'verified',
  unusable: null,
  sharedWith: [],
  consent: Object.entries(channels).map(([channel, state]) => ({ channel, state, since: null })),
  ...part,
});

describe('ways to write to a customer', () => {
  it('leaves calls out and puts what may be used first', () => {
    const ways = waysTo({
      addresses: [
        address('+1', { 'twilio-sms': 'opted-out', 'twilio-voice': 'granted' }),
        address('a@example.com', { email: 'unknown' }),
        address('wx', { wechat: 'granted' }),
      ],
    });
    expect(ways.map((way) => [way.channel, way.reason])).toEqual([
      ['wechat', null],
      ['email', null],
      ['twilio-sms', 'opted-out'],
    ]);
  });

  it('offers a channel that was never spoken of, as one not asked for', () => {
    const [way] = waysTo({ addresses: [address('+1', {}, { scheme: 'tel' })] });
    expect([way?.channel, way?.consent, way?.reason]).toEqual(['twilio-sms', 'unknown', null]);
  });

  it('does not offer an address that does not work, whatever was agreed', () => {
    const [way] = waysTo({ addresses: [address('a@example.com', { email: 'granted' }, { unusable: 'bounced' })] });
    expect(way?.reason).toBe('address-unusable');
  });
});

describe('templates in a first message', () => {
  const talks = [
    { id: 'old', claim: 'C1', status: 'resolved', lastMessageAt: '2026-01-01T00:00:00Z', preview: '' },
    { id: 'new', claim: 'C2', status: 'open', lastMessageAt: '2026-02-01T00:00:00Z', preview: '' },
  ];

  it('are filled from the conversation about the same claim, never about another one', () => {
    expect(conversationFor({ conversations: talks }, 'C1')).toBe('old');
    expect(conversationFor({ conversations: talks }, 'C3')).toBeUndefined();
    expect(conversationFor({ conversations: talks }, undefined)).toBe('new');
  });

  it('stand by themselves only without fields', () => {
    expect([hasFields('Hello {{ name }}'), hasFields('{% if a %}x{% endif %}'), hasFields('Plain words')]).toEqual([true, true, false]);
  });
});
