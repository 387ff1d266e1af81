import { useEffect, useRef } from 'react';
import { createStore, useStore } from '../client';

/** What one part of the screen asks the composer of a conversation to write. */
export interface Handover {
  readonly conversation: string;
  readonly text?: string;
  /** A template to render into the text. */
  readonly template?: string;
  readonly channel?: string;
  /** The channel that just failed: any other is offered. */
  readonly notChannel?: string;
  readonly kind?: 'reply' | 'note';
}

const waiting = createStore<Handover | null>(null);

/** Hands a text to the composer: a failed message to be sent another way, a request for documents. */
export function handOver(what: Handover): void {
  waiting.set(what);
}

/** Takes what is handed over to this conversation, once. */
export function useHandedOver(conversation: string, take: (what: Handover) => void): void {
  const now = useStore(waiting);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    if (now?.conversation !== conversation) return;
    waiting.set(null);
    latest.current(now);
  }, [now, conversation]);
}
