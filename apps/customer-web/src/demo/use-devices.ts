import { useCallback, useEffect, useState } from 'react';
import type { Call, Received, World } from './world';

/** The apps of the phone. */
export type AppName = 'wechat' | 'sms' | 'mail' | 'call';
export const APPS: readonly AppName[] = ['wechat', 'sms', 'mail', 'call'];

/** One bubble on the phone: received, or sent by its owner. */
export interface Bubble {
  readonly id: string;
  readonly app: AppName;
  readonly mine: boolean;
  readonly text: string;
  readonly subject?: string;
  readonly photos?: readonly string[];
  readonly seconds?: number;
  readonly files?: readonly string[];
  readonly at: number;
  /** Own words: whether the hub has them. */
  readonly state?: 'sending' | 'taken' | 'refused';
}

const APP_OF: Readonly<Record<string, AppName>> = { wechat: 'wechat', 'twilio-sms': 'sms', email: 'mail', 'twilio-voice': 'call' };

const toBubble = (entry: Received): Bubble => ({
  id: entry.id,
  app: APP_OF[entry.channel] ?? 'sms',
  mine: false,
  text: entry.text,
  subject: entry.subject,
  files: entry.attachments?.map(({ name }) => name),
  at: Date.parse(entry.at),
});

/** What the customer's phone shows: everything it has received, live, what its owner has sent, and the calls. */
export interface Devices {
  readonly bubbles: readonly Bubble[];
  readonly calls: readonly Call[];
  /** What came in since the app was last looked at. */
  readonly unread: Readonly<Record<AppName, number>>;
  readonly lastReceived: Bubble | null;
  look(app: AppName): void;
  /** Shows own words at once, and whether the hub took them. */
  say(bubble: Omit<Bubble, 'mine' | 'at' | 'state'>, work: () => Promise<{ status: number }>): Promise<boolean>;
}

const NONE: Readonly<Record<AppName, number>> = { wechat: 0, sms: 0, mail: 0, call: 0 };

export function useDevices(world: World): Devices {
  const [bubbles, setBubbles] = useState<readonly Bubble[]>([]);
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const [unread, setUnread] = useState(NONE);
  const [lastReceived, setLastReceived] = useState<Bubble | null>(null);
  const { phone, email, wechat } = world.customer;

  useEffect(() => {
    const mine = new Set([phone, email, wechat].map((address) => address.toLowerCase()));
    const add = (entries: readonly Received[]): void =>
      setBubbles((known) =>
        [...known, ...entries.filter(({ id }) => !known.some((one) => one.id === id)).map(toBubble)].sort((a, b) => a.at - b.at),
      );
    // What came before the page was opened, and what came while the stream was away.
    const catchUp = (): void =>
      void Promise.all([phone, email, wechat].map((address) => world.outbox(address))).then(
        (lists) => add(lists.flat().filter(isWritten)),
        () => undefined,
      );
    const stream = new EventSource('/demo/sandbox/devices/stream');
    stream.addEventListener('open', catchUp);
    stream.addEventListener('calls', (event) =>
      setCalls((JSON.parse((event as MessageEvent<string>).data) as Call[]).filter((call) => mine.has(call.customer.toLowerCase()))),
    );
    stream.addEventListener('outbox', (event) => {
      const entry = JSON.parse((event as MessageEvent<string>).data) as Received;
      if (!mine.has(entry.to.toLowerCase()) || !isWritten(entry)) return;
      const bubble = toBubble(entry);
      add([entry]);
      setLastReceived(bubble);
      setUnread((counts) => ({ ...counts, [bubble.app]: counts[bubble.app] + 1 }));
    });
    return () => stream.close();
  }, [world, phone, email, wechat]);

  const look = useCallback((app: AppName) => setUnread((counts) => (counts[app] === 0 ? counts : { ...counts, [app]: 0 })), []);
  const say = useCallback<Devices['say']>(async (bubble, work) => {
    setBubbles((known) => [...known, { ...bubble, mine: true, at: Date.now(), state: 'sending' }]);
    const taken = await work().then(
      ({ status }) => status < 300,
      () => false,
    );
    setBubbles((known) => known.map((one) => (one.id === bubble.id ? { ...one, state: taken ? 'taken' : 'refused' } : one)));
    return taken;
  }, []);
  return { bubbles, calls, unread, lastReceived, look, say };
}

// What is said in a call is shown by the call.
const isWritten = (entry: Received): boolean => entry.channel !== 'twilio-voice';
