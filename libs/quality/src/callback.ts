import { addBusinessTime } from './business-time';
import type { Calendar } from './calendar';

/** A phone call as far as a callback is concerned. */
export interface EndedCall {
  readonly direction: 'inbound' | 'outbound';
  readonly endedAt: Date | null;
  /** `answered`: they spoke with a person; `self-served`: they heard what they wanted to know; anything else: they reached nobody. */
  readonly outcome: string | null;
}

// Open minutes within which somebody who called in vain is called back.
const CALLBACK_MINUTES = 60;
/** What a call leaves to do: `call-back` when a customer reached nobody, `settled` when the two have now spoken, whoever called, else nothing. */
export function afterCall(call: EndedCall): 'call-back' | 'settled' | 'nothing' {
  if (!call.endedAt) return 'nothing';
  if (call.outcome === 'answered') return 'settled';
  return call.direction === 'inbound' && call.outcome !== 'self-served' ? 'call-back' : 'nothing';
}

/** By when they are called back. */
export const callbackDue = (calendar: Calendar, endedAt: Date): Date => addBusinessTime(calendar, endedAt, CALLBACK_MINUTES * 60_000);
