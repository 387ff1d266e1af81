import { timelineFacts } from './timeline-text';

describe('what a line of the timeline says', () => {
  it('takes words and codes out of the params', () => {
    const facts = timelineFacts({ params: { stage: 'payment', previousStage: 'decided', direction: 'inbound', text: '你好' } });
    expect(facts).toMatchObject({ stage: 'payment', previousStage: 'decided', inbound: true, words: '你好' });
  });

  it('shows nothing where a param is missing or no text', () => {
    expect(timelineFacts({ params: { stage: 7, reason: '' } })).toMatchObject({ stage: null, reason: null, words: null, inbound: false });
  });
});
