import type { Message } from '@claimline/protocol';
import { ownWords } from './own-words';

const voice = (transcript: string | null): Message['attachments'] => [
  {
    id: 'a',
    name: 'voice.mp3',
    contentType: 'audio/mpeg',
    size: 9,
    state: 'stored',
    duration: 4,
    transcript,
    problem: null,
    thumbnail: false,
  },
];

describe('the words of a message', () => {
  it('are left to the recording that says them', () => {
    expect(ownWords({ text: '请回电', attachments: voice('请回电 ') })).toBe('');
  });

  it('stand where they are more than the recording', () => {
    expect(ownWords({ text: '请看附件', attachments: voice('请回电') })).toBe('请看附件');
    expect(ownWords({ text: '请看附件', attachments: voice(null) })).toBe('请看附件');
    expect(ownWords({ text: '你好', attachments: [] })).toBe('你好');
  });
});
