import type { Inbox } from '@claimline/protocol';
import { isCode } from './code-text';

interface TroubleWords {
  readonly stopped: string;
  readonly reason: (code: string) => string;
}

/** Why an inbox neither sends nor receives, in words; null where it works. */
export function inboxTrouble(inbox: Pick<Inbox, 'state' | 'stoppedReason' | 'problem'>, words: TroubleWords): string | null {
  if (inbox.problem) return inbox.problem;
  if (inbox.state === 'active') return null;
  const why = inbox.stoppedReason;
  if (!why) return words.stopped;
  return `${words.stopped}: ${isCode(why) ? words.reason(why) : why}`;
}
