import type { CallStep, Language } from '@claimline/messages';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { placeUrl, type CallPlace } from './call-place';

type StepOf<Do extends CallStep['do']> = Extract<CallStep, { do: Do }>;
type Voice = Pick<VoiceResponse.SayAttributes, 'language' | 'voice'>;

// Polly's Zhiyu is the Mandarin voice that Twilio offers in every region; recognition has names of its own.
const VOICES: Readonly<Record<Language, Voice>> = {
  en: { language: 'en-US', voice: 'Polly.Joanna' },
  'zh-CN': { language: 'zh-CN', voice: 'Polly.Zhiyu' },
};
const HEARS: Readonly<Record<Language, VoiceResponse.GatherAttributes['language']>> = { en: 'en-US', 'zh-CN': 'cmn-Hans-CN' };

// Twilio's own transcription reads English only, and recordings of at most two minutes (https://www.twilio.com/docs/voice/twiml/record).
const TRANSCRIBED_SECONDS = 120;

/** What a call does next, in Twilio's words. Every step that has something to tell calls us back with its mark, one turn later. */
export function renderSteps(steps: readonly CallStep[], place: CallPlace): string {
  const response = new VoiceResponse();
  const after = { ...place, turn: place.turn + 1 };
  for (const step of steps) renderStep(response, step, after);
  return response.toString();
}

function renderStep(response: VoiceResponse, step: CallStep, place: CallPlace): void {
  switch (step.do) {
    case 'say':
      return void response.say(VOICES[step.language], step.text);
    case 'gather':
      return gather(response, step, place);
    case 'record':
      return record(response, step, place);
    case 'dial':
      return dial(response, step, place);
    case 'enqueue':
      return void response.enqueue({ action: placeUrl(place, 'left', step.mark) }, step.queue);
    case 'hang-up':
      return void response.hangup();
  }
}

function gather(response: VoiceResponse, step: StepOf<'gather'>, place: CallPlace): void {
  const gathering = response.gather({
    input: step.speech ? ['dtmf', 'speech'] : ['dtmf'],
    numDigits: step.digits,
    timeout: step.timeoutSeconds,
    speechTimeout: step.speech ? 'auto' : undefined,
    language: step.speech ? HEARS[step.prompts[0]?.language ?? 'en'] : undefined,
    action: placeUrl(place, 'gather', step.mark),
    // Silence is an answer, too: the hub decides what follows it, not the end of a document.
    actionOnEmptyResult: true,
  });
  for (const prompt of step.prompts) gathering.say(VOICES[prompt.language], prompt.text);
}

function record(response: VoiceResponse, step: StepOf<'record'>, place: CallPlace): void {
  const transcribe = step.transcribe && step.language === 'en' && step.maxSeconds <= TRANSCRIBED_SECONDS;
  response.record({
    action: placeUrl(place, 'recorded', step.mark),
    maxLength: step.maxSeconds,
    finishOnKey: '#',
    playBeep: true,
    // The net below `action`: Twilio calls it when the file is ready, even where the call broke off.
    recordingStatusCallback: placeUrl(place, 'recording', step.mark),
    recordingStatusCallbackEvent: ['completed'],
    transcribe,
    transcribeCallback: transcribe ? placeUrl(place, 'transcribed', step.mark) : undefined,
  });
}

function dial(response: VoiceResponse, step: StepOf<'dial'>, place: CallPlace): void {
  const dialing = response.dial({
    action: placeUrl(place, 'dialed', step.mark),
    timeout: step.timeoutSeconds,
    callerId: step.callerId,
    answerOnBridge: true,
  });
  for (const number of step.numbers) dialing.number(number);
}
