import type { Composer, ComposerChannel } from '@claimline/protocol';
import { channelFor, obstacleOf, requestOf, slashWord, type Writing } from './composer-rules';

const now = Date.parse('2026-11-22T10:00:00Z');
const channel = (kind: string, more: Partial<ComposerChannel> = {}): ComposerChannel => ({
  channel: kind,
  title: kind,
  recipients: [{ value: '+15550100', name: 'Li Wei', verified: true, isNew: false }],
  leftOut: [],
  cc: [],
  maxText: 1600,
  segments: true,
  subject: false,
  files: true,
  privacy: 'P1',
  windowUntil: null,
  consent: 'granted',
  able: true,
  reason: null,
  ...more,
});
const writing: Writing = { kind: 'reply', channel: null, text: 'Hello', subject: '', to: null, cc: [], template: null };
const composer = (...channels: ComposerChannel[]): Composer => ({ preferred: 'wechat', channels, counsel: null });
const files = { ready: 0, pending: 0 };

describe('the channel to answer on', () => {
  const blocked = channel('wechat', { able: false, reason: 'opted-out' });

  it('is what the customer used last, unless it cannot leave there', () => {
    expect(channelFor(composer(channel('email'), channel('wechat')), null)?.channel).toBe('wechat');
    expect(channelFor(composer(channel('email'), blocked), null)?.channel).toBe('email');
  });

  it('stays the chosen one, so that the reason is seen', () => {
    expect(channelFor(composer(channel('email'), blocked), 'wechat')?.channel).toBe('wechat');
  });

  it('is another one when something is sent another way', () => {
    expect(channelFor(composer(channel('wechat'), channel('email')), null, 'wechat')?.channel).toBe('email');
  });
});

describe('what keeps a reply from being sent', () => {
  const closed = channel('wechat', { windowUntil: '2026-11-22T09:00:00Z' });
  it.each([
    ['nothing', writing, channel('sms'), files, null],
    ['no words and no files', { ...writing, text: '  ' }, channel('sms'), files, 'empty'],
    ['a file alone may go', { ...writing, text: '' }, channel('sms'), { ready: 1, pending: 0 }, null],
    ['a file on its way', writing, channel('sms'), { ready: 0, pending: 1 }, 'uploading'],
    ['a channel that cannot', writing, channel('sms', { able: false }), files, 'channel'],
    ['nobody to get it', { ...writing, to: [] }, channel('sms'), files, 'no-recipient'],
    ['more than fits', { ...writing, text: 'x'.repeat(1601) }, channel('sms'), files, 'too-long'],
    ['files where none can go', writing, channel('sms', { files: false }), { ready: 1, pending: 0 }, 'files'],
    ['a closed window', writing, closed, files, 'window'],
    ['a template passes a closed window', { ...writing, template: { code: 'hello', text: 'Hello' } }, closed, files, null],
    ['a changed template does not', { ...writing, template: { code: 'hello', text: 'Hi' } }, closed, files, 'window'],
    ['a note goes always', { ...writing, kind: 'note' as const }, channel('sms', { able: false }), files, null],
  ])('%s', (...[, what, on, having, obstacle]) => {
    expect(obstacleOf({ writing: what, channel: on, files: having, now })).toBe(obstacle);
  });
});

describe('the request', () => {
  it('names the recipients that were on the screen, and nobody else', () => {
    const email = channel('email', {
      subject: true,
      recipients: [{ value: 'li@example.com', name: null, verified: true, isNew: false }],
      cc: [{ value: 'wang@example.com', name: null }],
    });
    expect(requestOf({ ...writing, subject: ' Re: roof ' }, email, [], 7)).toEqual({
      kind: 'reply',
      text: 'Hello',
      channel: 'email',
      to: ['li@example.com'],
      subject: 'Re: roof',
      seen: 7,
    });
    expect(requestOf({ ...writing, cc: ['wang@example.com'] }, email, ['a1'], 7)).toMatchObject({
      cc: ['wang@example.com'],
      attachments: ['a1'],
    });
  });

  it('of a note names neither channel nor recipients', () => {
    expect(requestOf({ ...writing, kind: 'note' }, channel('sms'), [], 3)).toEqual({ kind: 'note', text: 'Hello', seen: 3 });
  });
});

it.each([
  ['/', 1, { from: 0, word: '' }],
  ['/照片', 3, { from: 0, word: '照片' }],
  ['Hello\n/do', 9, { from: 6, word: 'do' }],
  ['and/or', 6, null],
  ['12/10', 5, null],
  ['/docs now', 9, null],
])('a template is looked for in %j', (text, caret, found) => {
  expect(slashWord(text, caret)).toEqual(found);
});
