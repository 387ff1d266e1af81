import type { Conversation } from '@claimline/protocol';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { saveDraft, tellTyping } from '../../client';
import type { Writing } from './composer-rules';

const PAUSE = 800;
// Without a network the draft waits in the page and tries again.
const AGAIN = 4_000;
const EMPTY: Writing = { kind: 'reply', channel: null, text: '', subject: '', to: null, cc: [], template: null };

const fromDraft = (conversation: Conversation): Writing => {
  const { draft } = conversation;
  return draft ? { ...EMPTY, kind: draft.kind, channel: draft.channel, text: draft.text } : EMPTY;
};

/** Whether the draft is safe at the hub. */
export type DraftState = 'none' | 'unsaved' | 'saved' | 'local';

/** Knows whether the composer is on the screen, and does something when it leaves. */
function useLeaving(here: RefObject<boolean>, leave: () => void): void {
  const last = useRef(leave);
  useEffect(() => {
    last.current = leave;
  });
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      last.current();
    };
  }, [here]);
}

/** What is being written, kept at the hub a moment after each pause and when one leaves. */
export function useWriting(conversation: Conversation) {
  const { id } = conversation;
  const [writing, setWriting] = useState(() => fromDraft(conversation));
  const [draft, setDraft] = useState<DraftState>(conversation.draft ? 'saved' : 'none');
  const latest = useRef(writing);
  const here = useRef(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const { text, kind, channel } = latest.current;
    try {
      await saveDraft(id, { text, kind, channel });
      setDraft(text ? 'saved' : 'none');
    } catch {
      setDraft('local');
      if (here.current) timer.current ??= setTimeout(() => void save(), AGAIN);
    }
  }, [id]);

  const change = useCallback(
    (part: Partial<Writing>) => {
      latest.current = { ...latest.current, ...part };
      setWriting(latest.current);
      setDraft('unsaved');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE);
      if (part.text !== undefined && latest.current.kind === 'reply') tellTyping(id, part.text !== '');
    },
    [id, save],
  );

  // Sent: the next words begin on the same channel with nothing.
  const clear = useCallback(() => {
    latest.current = { ...EMPTY, channel: latest.current.channel };
    setWriting(latest.current);
    tellTyping(id, false);
    void save();
  }, [id, save]);

  useLeaving(here, () => {
    if (timer.current === undefined) return;
    void save();
    tellTyping(id, false);
  });
  return { writing, change, clear, draft };
}
