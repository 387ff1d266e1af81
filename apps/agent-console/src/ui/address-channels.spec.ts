import { channelConsents } from './address-channels';

describe('consent at an address', () => {
  it('is unknown for every channel that reaches it and was never spoken of', () => {
    const spoken = { channel: 'twilio-sms', state: 'opted-out', since: '2026-11-22T08:00:00Z' } as const;
    expect(channelConsents({ scheme: 'tel', consent: [spoken] }).map((one) => [one.channel, one.state])).toEqual([
      ['twilio-sms', 'opted-out'],
      ['twilio-voice', 'unknown'],
    ]);
  });

  it('is known for the line by the way that the ledger names', () => {
    const spoken = { channel: 'sms', state: 'granted', since: null } as const;
    expect(channelConsents({ scheme: 'tel', consent: [spoken] }).map((one) => one.channel)).toEqual(['sms', 'twilio-voice']);
  });

  it('is nothing where no channel reaches it', () => {
    expect(channelConsents({ scheme: 'carrier-pigeon', consent: [] })).toEqual([]);
  });
});
