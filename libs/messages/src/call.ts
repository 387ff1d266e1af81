import type { Language } from './language';
import type { MediaRef } from './media';

/** What happened in a call. Times are seconds. */
export type CallPhase =
  | { readonly is: 'started' }
  | { readonly is: 'input'; readonly digits?: string; readonly speech?: string }
  | { readonly is: 'dialed'; readonly outcome: 'answered' | 'no-answer' | 'busy' | 'failed'; readonly seconds?: number }
  | { readonly is: 'recorded'; readonly media: MediaRef; readonly seconds: number }
  | { readonly is: 'transcribed'; readonly recording: string; readonly text?: string }
  | { readonly is: 'ended'; readonly outcome: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'; readonly seconds?: number };

/**
 * One instruction to a call. The hub thinks in these; the channel renders them (TwiML, SIP, …).
 * `mark` comes back with the next event of the call, so that the hub knows where it is without keeping the call in memory.
 */
export type CallStep =
  | { readonly do: 'say'; readonly text: string; readonly language: Language }
  | {
      readonly do: 'gather';
      readonly mark: string;
      readonly prompts: readonly { readonly text: string; readonly language: Language }[];
      readonly digits?: number;
      readonly timeoutSeconds: number;
      readonly speech?: boolean;
    }
  | { readonly do: 'record'; readonly mark: string; readonly maxSeconds: number; readonly transcribe: boolean; readonly language: Language }
  | {
      readonly do: 'dial';
      readonly mark: string;
      readonly numbers: readonly string[];
      readonly timeoutSeconds: number;
      readonly callerId?: string;
    }
  | { readonly do: 'enqueue'; readonly mark: string; readonly queue: string }
  | { readonly do: 'hang-up' };
