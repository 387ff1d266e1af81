import type { ConsoleClientEvents, ConsoleEvent, ConsoleServerEvents } from '@claimline/protocol';
import type { QueryClient } from '@tanstack/react-query';
import { io, type Socket } from 'socket.io-client';
import { tellSignedOut } from './api';
import { effectsOf, unseen } from './event-effects';
import { flushOutbox } from './outbox';
import { Refresher } from './refresher';
import { createStore, useStore } from './store';
import { noteChangedMessages } from './thread';

/** `live`: the screen follows the hub. `away`: it does not, and says so. `starting`: not known yet. */
export type Connection = 'starting' | 'live' | 'away';

/** Who types in a conversation right now. */
export interface Typing {
  readonly name: string;
  readonly side: 'customer' | 'colleague';
  readonly until: number;
}

type ConsoleSocket = Socket<ConsoleServerEvents, ConsoleClientEvents>;

// A typing that is not repeated within this time has ended, whatever was lost on the way.
const TYPING_LASTS = 6_000;
// A hub that is slow to answer is not one that is gone: to connect anew would make it slower.
const PATIENCE_MS = 20_000;
// Everything a person may look at; read again when we cannot know what we missed.
const EVERYTHING = [
  'conversations',
  'counts',
  'thread',
  'conversation',
  'composer',
  'routing',
  'people',
  'absences',
  'claim',
  'timeline',
  'claims',
  'contact',
  'contacts',
  'tasks',
  'needs-look',
  'inboxes',
];

const connection = createStore<Connection>('starting');
const typing = createStore<ReadonlyMap<string, readonly Typing[]>>(new Map());
const viewers = createStore<ReadonlyMap<string, readonly { id: string; name: string }[]>>(new Map());
let socket: ConsoleSocket | undefined;
let looking: string | null = null;
let position: number | null = null;

const NOBODY: readonly Typing[] = [];
const NO_VIEWERS: readonly { id: string; name: string }[] = [];

function setTyping(conversation: string, change: (now: readonly Typing[]) => readonly Typing[]): void {
  typing.set((all) => {
    const next = change(all.get(conversation) ?? NOBODY);
    const copy = new Map(all);
    if (next.length === 0) copy.delete(conversation);
    else copy.set(conversation, next);
    return copy;
  });
}

const onTyping: ConsoleServerEvents['typing'] = ({ conversationId, name, side, active }) => {
  const others = (now: readonly Typing[]) => now.filter((one) => one.name !== name || one.side !== side);
  const until = Date.now() + TYPING_LASTS;
  setTyping(conversationId, (now) => (active ? [...others(now), { name, side, until }] : others(now)));
  if (!active) return;
  setTimeout(() => setTyping(conversationId, (now) => now.filter((one) => one.until > Date.now())), TYPING_LASTS + 50);
};

function apply(refresher: Refresher, batch: readonly ConsoleEvent[], upTo: number): void {
  const fresh = unseen(batch, position);
  position = Math.max(position ?? 0, upTo);
  const { stale, changedMessages } = effectsOf(fresh);
  for (const [conversation, messages] of changedMessages) noteChangedMessages(conversation, messages);
  for (const name of stale) refresher.refresh(name.filter((part): part is string => part !== undefined));
}

function listen(to: ConsoleSocket, refresher: Refresher): void {
  to.on('connect', () => {
    to.timeout(PATIENCE_MS).emit('resume', { position }, (error: Error | null, now?: { position: number }) => {
      if (error) return void to.disconnect().connect();
      // From here on every change is told; what was read before may miss what happened in between.
      position = Math.max(position ?? 0, now?.position ?? 0);
      connection.set('live');
      for (const noun of EVERYTHING) refresher.refresh([noun]);
      void flushOutbox();
    });
    if (looking) to.emit('viewing', { conversationId: looking });
  });
  to.on('events', (batch, upTo) => apply(refresher, batch, upTo));
  to.on('typing', onTyping);
  to.on('viewers', ({ conversationId, people }) => viewers.set((all) => new Map(all).set(conversationId, people)));
  to.on('signed-out', tellSignedOut);
  to.on('disconnect', (reason) => {
    connection.set('away');
    if (reason === 'io server disconnect') setTimeout(() => to.connect(), 1_000);
  });
  to.on('connect_error', () => {
    connection.set('away');
    // A refused handshake is not retried by the library itself.
    if (!to.active) setTimeout(() => to.connect(), 3_000);
  });
}

/** Follows the hub until the returned function is called: websocket only, resumed from the last position after every break. */
export function startRealtime(queries: QueryClient): () => void {
  const refresher = new Refresher((name) => queries.invalidateQueries({ queryKey: name }));
  const opened: ConsoleSocket = io('/console', {
    transports: ['websocket'],
    reconnectionDelay: 300,
    // However long the break was, the next try is a second away at most.
    reconnectionDelayMax: 1_000,
    timeout: PATIENCE_MS,
  });
  socket = opened;
  listen(opened, refresher);
  const online = () => opened.connected || opened.disconnect().connect();
  const offline = () => connection.set('away');
  // A laptop that wakes up may hold a dead socket for a minute; asking again finds out at once.
  const shown = () => document.visibilityState === 'visible' && void prove(opened);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', shown);
    opened.disconnect();
    socket = undefined;
    position = null;
    connection.set('starting');
  };
}

function prove(live: ConsoleSocket): void {
  if (!live.connected) return void live.connect();
  live.timeout(2_000).emit('resume', { position }, (error: Error | null) => {
    if (error) live.disconnect().connect();
  });
}

/** Whether the screen follows the hub. */
export const useConnection = (): Connection => useStore(connection);

/** Who types in this conversation. */
export const useTyping = (conversation: string): readonly Typing[] => useStore(typing, (all) => all.get(conversation) ?? NOBODY);

/** Who else has this conversation open. */
export const useViewers = (conversation: string) => useStore(viewers, (all) => all.get(conversation) ?? NO_VIEWERS);

/** Tells colleagues which conversation is on this screen. */
export function tellViewing(conversation: string | null): void {
  looking = conversation;
  if (socket?.connected) socket.emit('viewing', { conversationId: conversation });
}

/** Tells the customer and colleagues that I type. */
export function tellTyping(conversation: string, active: boolean): void {
  if (socket?.connected) socket.emit('typing', { conversationId: conversation, active });
}
