import fc from 'fast-check';
import { readTwiml } from './twiml-reader';
import { renderSteps } from './twiml';

const place = { webhookUrl: 'https://hub.example/webhooks/7', turn: 3 };

test('a question in two languages speaks each with its own voice and comes back with its mark, one turn later', () => {
  const [gather] = readTwiml(
    renderSteps(
      [
        {
          do: 'gather',
          mark: 'lang',
          prompts: [
            { text: 'For English press 1', language: 'en' },
            { text: '中文请按 2', language: 'zh-CN' },
          ],
          digits: 1,
          timeoutSeconds: 6,
        },
      ],
      place,
    ),
  );
  expect(gather).toMatchObject({
    name: 'Gather',
    attributes: {
      input: 'dtmf',
      numDigits: '1',
      timeout: '6',
      actionOnEmptyResult: 'true',
      action: 'https://hub.example/webhooks/7/voice/gather?mark=lang&turn=4',
    },
    children: [
      { name: 'Say', attributes: { language: 'en-US', voice: 'Polly.Joanna' }, text: 'For English press 1' },
      { name: 'Say', attributes: { language: 'zh-CN', voice: 'Polly.Zhiyu' }, text: '中文请按 2' },
    ],
  });
});

test('a question that listens hears in the language of its first prompt', () => {
  const [gather] = readTwiml(
    renderSteps([{ do: 'gather', mark: 'm', prompts: [{ text: '请说', language: 'zh-CN' }], timeoutSeconds: 5, speech: true }], place),
  );
  expect(gather?.attributes).toMatchObject({ input: 'dtmf speech', language: 'cmn-Hans-CN', speechTimeout: 'auto' });
});

test.each([
  ['en', 120, true, 'true'],
  ['en', 121, true, 'false'],
  ['zh-CN', 60, true, 'false'],
  ['en', 60, false, 'false'],
] as const)('a recording in %s of %i s, transcribe %s, is transcribed by Twilio: %s', (language, maxSeconds, transcribe, said) => {
  const [record] = readTwiml(renderSteps([{ do: 'record', mark: 'vm', maxSeconds, transcribe, language }], place));
  expect(record?.attributes).toMatchObject({
    transcribe: said,
    maxLength: String(maxSeconds),
    recordingStatusCallback: 'https://hub.example/webhooks/7/voice/recording?mark=vm&turn=4',
  });
  expect('transcribeCallback' in record!.attributes).toBe(said === 'true');
});

test('several numbers ring at once, under the line that is given', () => {
  const [dial] = readTwiml(
    renderSteps(
      [{ do: 'dial', mark: 'owner', numbers: ['+15550100142', '+15550100143'], timeoutSeconds: 20, callerId: '+15550100200' }],
      place,
    ),
  );
  expect(dial).toMatchObject({
    attributes: { timeout: '20', callerId: '+15550100200', answerOnBridge: 'true' },
    children: [
      { name: 'Number', text: '+15550100142' },
      { name: 'Number', text: '+15550100143' },
    ],
  });
});

test('a queue and a hang-up', () => {
  const verbs = readTwiml(renderSteps([{ do: 'enqueue', mark: 'q', queue: 'motor' }, { do: 'hang-up' }], place));
  expect(verbs).toMatchObject([
    { name: 'Enqueue', text: 'motor', attributes: { action: 'https://hub.example/webhooks/7/voice/left?mark=q&turn=4' } },
    { name: 'Hangup' },
  ]);
});

test('no words of a customer or a mark break out of the document', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ']]>', 'a', '中', '&amp;', ' '), minLength: 1 }), (words) => {
      const verbs = readTwiml(
        renderSteps(
          [
            { do: 'say', text: `a${words}a`, language: 'en' },
            { do: 'record', mark: words, maxSeconds: 9, transcribe: false, language: 'en' },
          ],
          place,
        ),
      );
      expect(verbs).toHaveLength(2);
      expect(verbs[0]?.text).toBe(`a${words}a`);
      expect(new URL(verbs[1]?.attributes.action ?? '').searchParams.get('mark')).toBe(words);
    }),
  );
});

test.each(['', '<Response>', '<Response><Say>a</Response>', 'hello', '<Other/>', '<Response/>rest<'])('"%s" is no TwiML', (document) => {
  expect(() => readTwiml(document)).toThrow('Document parse failure');
});
