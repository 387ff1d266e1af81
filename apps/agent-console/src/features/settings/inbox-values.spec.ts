import type { Inbox } from '@claimline/protocol';
import { firstValues, inboxBody, missingFields, settingOf, speaksOf, type ChannelField } from './inbox-values';

const field = (name: string, type: ChannelField['type'], part: Partial<ChannelField> = {}): ChannelField => ({
  name,
  type,
  title: name,
  description: '',
  required: true,
  choices: [],
  default: undefined,
  ...part,
});
const fields = [
  field('host', 'text'),
  field('port', 'number', { default: 587 }),
  field('tls', 'boolean', { default: true }),
  field('password', 'secret'),
];

describe('the form of an inbox', () => {
  it('begins with the defaults, or with what is set; never with a secret', () => {
    expect(firstValues(fields, null)).toEqual({ host: '', port: '587', tls: true, password: '' });
    const inbox = { config: { host: 'mail', tls: false }, secretFields: ['password'] } as unknown as Inbox;
    expect(firstValues(fields, inbox)).toEqual({ host: 'mail', port: '587', tls: false, password: '' });
  });

  it('misses required fields, but not a secret that is set', () => {
    const values = { host: ' ', port: '587', tls: false, password: '' };
    expect(missingFields(fields, values, [])).toEqual(['host', 'password']);
    expect(missingFields(fields, values, ['password'])).toEqual(['host']);
  });

  it('sends settings and secrets apart, numbers as numbers, nothing that is empty', () => {
    expect(inboxBody(fields, { host: ' mail ', port: '25', tls: false, password: '' })).toEqual({
      config: { host: 'mail', port: 25, tls: false },
      secrets: {},
    });
    expect(inboxBody(fields, { host: '', port: '', tls: true, password: 's3' })).toEqual({
      config: { tls: true },
      secrets: { password: 's3' },
    });
  });

  it('keeps a setting that is a list one', () => {
    const origins = [field('origins', 'text')];
    expect(inboxBody(origins, { origins: 'https://a.example, https://b.example' }, { origins: ['https://a.example'] }).config).toEqual({
      origins: ['https://a.example', 'https://b.example'],
    });
    expect(inboxBody(origins, { origins: 'one text' }).config).toEqual({ origins: 'one text' });
  });

  it('reads a setting of a group, flat or nested', () => {
    expect([
      settingOf({ 'smtp.host': 'a' }, 'smtp.host'),
      settingOf({ smtp: { host: 'b' } }, 'smtp.host'),
      settingOf({}, 'smtp.host'),
    ]).toEqual(['a', 'b', undefined]);
  });

  it.each([
    ['config.smtp.host', 'smtp.host', true],
    ['host', 'smtp.host', true],
    ['password', 'password', true],
    ['config.imap.host', 'smtp.host', false],
    ['host', 'ghost', false],
  ])('knows whether %s speaks of the field %s', (path, name, expected) => {
    expect(speaksOf(path, name)).toBe(expected);
  });
});
