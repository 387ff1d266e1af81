import { addBusinessTime } from './business-time';
import type { Calendar } from './calendar';

/** A phone call as far as a callback is concerned. */
export interface EndedCall {
  readonly direction: 'inbound' | 'outbound';
  readonly endedAt: Date | null;
  /** `answered`: they spoke with a person; anything else: they did not. */
  readonly outcome: string | null;
}

// Open minutes within which somebody who called in vain is called back.
const CALLBACK_MINUTES = 60;
/** What a call leaves to do: `call-back` when a customer reached nobody, `settled` when they now have, else nothing. */
export function afterCall(call: EndedCall): 'call-back' | 'settled' | 'nothing' {
  if (call.direction !== 'inbound' || !call.endedAt) return 'nothing';
  return call.outcome === 'answered' ? 'settled' : 'call-back';
}

/** By when they are called back. */
export const callbackDue = (calendar: Calendar, endedAt: Date): Date => addBusinessTime(calendar, endedAt, CALLBACK_MINUTES * 60_000);
