import { tel, type CallPhase, type InboundCall } from '@claimline/messages';
import { field, needed, type TwilioFields } from '../vendors/twilio/signature';
import type { CallPlace, CallPlaceName } from './call-place';

type PhaseOf<Is extends CallPhase['is']> = Extract<CallPhase, { is: Is }>;

/** Whether a call waits at this place for our next steps; at the others it only tells. */
export const waitsAt = (name: CallPlaceName): boolean => !['recording', 'transcribed', 'status'].includes(name);

/** What Twilio tells of a call; undefined for a state that changes nothing. Throws `malformed` where a field is missing. */
export function callEvent(name: CallPlaceName, fields: TwilioFields): InboundCall | undefined {
  const phase = PHASES[name](fields);
  if (!phase) return undefined;
  const callId = needed(fields, 'CallSid');
  const outbound = (field(fields, 'Direction') ?? '').startsWith('outbound');
  const [line, other] = outbound ? (['From', 'To'] as const) : (['To', 'From'] as const);
  const mark = field(fields, 'mark');
  return {
    kind: 'call',
    key: `${callId}:${keyOf(name, phase, fields)}`,
    to: needed(fields, line),
    callId,
    direction: outbound ? 'outbound' : 'inbound',
    from: tel(field(fields, 'customer') ?? needed(fields, other)),
    phase,
    mark,
    deliveryId: field(fields, 'delivery'),
  };
}

/** What of a call's place came back in an address of ours. */
export function placeBehind(fields: TwilioFields, webhookUrl: string): CallPlace {
  const turn = Number(field(fields, 'turn') ?? 1);
  return {
    webhookUrl,
    turn: Number.isSafeInteger(turn) ? turn : 1,
    customer: field(fields, 'customer'),
    delivery: field(fields, 'delivery'),
  };
}

const PHASES: Readonly<Record<CallPlaceName, (fields: TwilioFields) => CallPhase | undefined>> = {
  started: () => ({ is: 'started' }),
  gather: (fields) => ({ is: 'input', digits: field(fields, 'Digits'), speech: field(fields, 'SpeechResult') }),
  recorded,
  recording: recorded,
  transcribed: (fields) => ({ is: 'transcribed', recording: needed(fields, 'RecordingSid'), text: field(fields, 'TranscriptionText') }),
  dialed: (fields) => ({
    is: 'dialed',
    outcome: DIALED[needed(fields, 'DialCallStatus')] ?? 'failed',
    seconds: seconds(fields, 'DialCallDuration'),
  }),
  left: (fields) => ({ is: 'dialed', outcome: LEFT[needed(fields, 'QueueResult')] ?? 'failed', seconds: seconds(fields, 'QueueTime') }),
  status: (fields) => {
    const outcome = ENDED[needed(fields, 'CallStatus')];
    return outcome && { is: 'ended', outcome, seconds: seconds(fields, 'CallDuration') };
  },
};

/** How a call ended, in Twilio's words; other states are not the end. */
export const ENDED: Readonly<Record<string, PhaseOf<'ended'>['outcome']>> = {
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
};

const DIALED: Readonly<Record<string, PhaseOf<'dialed'>['outcome']>> = {
  completed: 'answered',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no-answer',
  canceled: 'no-answer',
  failed: 'failed',
};

// https://www.twilio.com/docs/voice/twiml/enqueue: how somebody left a queue.
const LEFT: Readonly<Record<string, PhaseOf<'dialed'>['outcome']>> = {
  bridged: 'answered',
  'bridging-in-process': 'answered',
  leave: 'no-answer',
  hangup: 'no-answer',
  redirected: 'no-answer',
};

/** A recording is one event, whether it is told by the call that goes on or by the file that is ready. */
function keyOf(name: CallPlaceName, phase: CallPhase, fields: TwilioFields): string {
  if (phase.is === 'recorded') return `recorded:${phase.media.key}`;
  if (phase.is === 'transcribed') return `transcribed:${phase.recording}`;
  if (phase.is === 'started' || phase.is === 'ended') return phase.is;
  return [phase.is, field(fields, 'turn') ?? '1', name, field(fields, 'mark') ?? ''].join(':');
}

function recorded(fields: TwilioFields): PhaseOf<'recorded'> {
  const key = needed(fields, 'RecordingSid');
  const length = seconds(fields, 'RecordingDuration') ?? 0;
  // A tenth of the size of the wave file that the bare address gives.
  const url = `${needed(fields, 'RecordingUrl')}.mp3`;
  return { is: 'recorded', seconds: length, media: { key, url, contentType: 'audio/mpeg', durationSeconds: length } };
}

function seconds(fields: TwilioFields, name: string): number | undefined {
  const value = Number(field(fields, name) ?? NaN);
  return Number.isFinite(value) ? value : undefined;
}
