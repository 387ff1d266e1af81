import { useEffect, useState } from 'react';
import { hubNow } from '../client';

/** The hub's time, moving: every half minute unless told otherwise. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(hubNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(hubNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
