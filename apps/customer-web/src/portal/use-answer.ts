import { useCallback, useEffect, useState } from 'react';
import { Refusal } from './call';

/** What was asked for, or why not, or neither yet. */
export interface Asked<Answer> {
  readonly answer: Answer | undefined;
  readonly refusal: Refusal | undefined;
  /** Asks once more; what is shown stays until the answer is there. */
  again(): void;
}

/** Asks when the page appears, and again when `key` changes. */
export function useAnswer<Answer>(key: string, ask: () => Promise<Answer>): Asked<Answer> {
  const [state, set] = useState<{ readonly key: string; readonly answer?: Answer; readonly refusal?: Refusal }>({ key });
  const [turn, next] = useState(0);
  useEffect(() => {
    let gone = false;
    ask().then(
      (answer) => !gone && set({ key, answer }),
      (error: unknown) => !gone && set({ key, refusal: error instanceof Refusal ? error : new Refusal('offline') }),
    );
    return () => {
      gone = true;
    };
    // What is asked follows from the key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, turn]);
  const again = useCallback(() => next((n) => n + 1), []);
  const current = state.key === key ? state : { key };
  return { answer: current.answer, refusal: current.refusal, again };
}
