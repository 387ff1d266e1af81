import { NEW_CALL, type PhoneState } from '@claimline/assist';
import type { CallRow } from '@claimline/conversations';
import { maskText, type CallPhase, type CallStep, type InboundCall } from '@claimline/messages';

/** What a call has come to so far. It lies in the call's row, so that any replica may answer the next step. */
export interface CallMemory {
  readonly menu: PhoneState;
  /** What each event was answered with: its redelivery gets the same again. */
  readonly answers: Readonly<Record<string, readonly CallStep[]>>;
  readonly recorded: boolean;
  /** What is said in recordings, by their keys. */
  readonly transcripts: Readonly<Record<string, string>>;
  /** How ringing the other side came out, and how long they spoke. */
  readonly dialed: { readonly outcome: string; readonly seconds: number | null } | null;
  /** How it ended, in the provider's words. */
  readonly ended: { readonly outcome: string; readonly seconds: number | null } | null;
}

const NEW_MEMORY: CallMemory = { menu: NEW_CALL, answers: {}, recorded: false, transcripts: {}, dialed: null, ended: null };

/** The memory in a call's row. */
export const rememberCall = (call: CallRow): CallMemory => ({ ...NEW_MEMORY, ...(call.state as Partial<CallMemory>) });

/** The memory after an event and what it was answered with. */
export function nextMemory(
  { memory, event }: { readonly memory: CallMemory; readonly event: InboundCall },
  said: { readonly menu: PhoneState; readonly steps: readonly CallStep[] },
): CallMemory {
  return { ...memory, ...learned(memory, event.phase), menu: said.menu, answers: { ...memory.answers, [event.key]: said.steps } };
}

function learned(memory: CallMemory, phase: CallPhase): Partial<CallMemory> {
  switch (phase.is) {
    case 'recorded':
      return { recorded: true };
    case 'transcribed':
      return phase.text ? { transcripts: { ...memory.transcripts, [phase.recording]: maskText(phase.text).text } } : {};
    case 'dialed':
    case 'ended':
      return { [phase.is]: { outcome: phase.outcome, seconds: phase.seconds ?? null } };
    default:
      return {};
  }
}

/** How a call went and how long it took: the time they spoke where they did, else the whole call. Null as long as it runs. */
export function callResult(
  direction: CallRow['direction'],
  memory: CallMemory,
): { readonly outcome: string | null; readonly seconds: number | null } {
  const { dialed, ended } = memory;
  if (!ended) return { outcome: null, seconds: null };
  const outcome = direction === 'inbound' ? inboundOutcome(memory) : outboundOutcome(memory);
  return { outcome, seconds: (outcome === 'answered' ? dialed?.seconds : null) ?? ended.seconds };
}

function inboundOutcome({ dialed, recorded, menu }: CallMemory): string {
  if (dialed?.outcome === 'answered') return 'answered';
  if (recorded) return 'voicemail';
  // Who hangs up while a phone rings or a message is asked for wanted a person, whatever they had heard before.
  return menu.told && menu.at === 'menu' ? 'self-served' : 'missed';
}

// Without a word of the customer's phone it was our own that nobody picked up.
function outboundOutcome({ dialed, ended }: CallMemory): string {
  if (dialed) return dialed.outcome;
  return ended?.outcome === 'failed' ? 'failed' : 'not-taken';
}
