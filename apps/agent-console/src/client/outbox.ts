import { Message, type SendMessage } from '@claimline/protocol';
import type { QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, newKey } from './api';
import { ApiError, mayPass } from './problems';
import { keys } from './query-keys';
import { createStore, useStore } from './store';
import { withMessage, type KnownThread } from './thread-merge';

/** A reply on its way from this browser to the hub. Its key makes repeating it harmless. */
export interface Outgoing {
  readonly key: string;
  readonly conversation: string;
  readonly body: SendMessage;
  readonly at: string;
  /** `held`: may still be taken back; `waiting`: no network; `refused`: the hub said no, a person decides. */
  readonly state: 'held' | 'sending' | 'waiting' | 'refused';
  /** Until when it may be taken back, in milliseconds. */
  readonly heldUntil: number | null;
  readonly error: ApiError | null;
}

const SHELF = 'claimline.outbox';
const NONE: readonly Outgoing[] = [];
const outbox = createStore<readonly Outgoing[]>(NONE);
let queries: QueryClient | undefined;
let owner = '';
let retry: ReturnType<typeof setTimeout> | undefined;
const busy = new Set<string>();

const shelf = (): string => `${SHELF}.${owner}`;

function save(): void {
  const kept = outbox.get().filter((one) => one.state !== 'refused');
  if (kept.length === 0) localStorage.removeItem(shelf());
  else localStorage.setItem(shelf(), JSON.stringify(kept));
}

function change(key: string, to: Partial<Outgoing> | null): void {
  outbox.set((all) => (to ? all.map((one) => (one.key === key ? { ...one, ...to } : one)) : all.filter((one) => one.key !== key)));
  save();
}

function kept(): readonly Outgoing[] {
  try {
    const read = JSON.parse(localStorage.getItem(shelf()) ?? '[]') as Outgoing[];
    return read.map((one) => ({ ...one, state: 'waiting', heldUntil: null, error: null }));
  } catch {
    return NONE;
  }
}

/** Opens the outbox of an account: what a lost network, a crash or a reload left behind goes out now, with its old keys. */
export function openOutbox(client: QueryClient, account: string): void {
  queries = client;
  owner = account;
  outbox.set(kept());
  void flushOutbox();
}

/** Forgets everything that was not sent (signing out). */
export function closeOutbox(): void {
  clearTimeout(retry);
  outbox.set(NONE);
  if (owner) localStorage.removeItem(shelf());
  owner = '';
}

async function settle(one: Outgoing, message: Message): Promise<void> {
  const client = queries;
  client?.setQueryData<KnownThread>(keys.thread(one.conversation), (known) => (known ? withMessage(known, message) : known));
  change(one.key, null);
  if (!client) return;
  const names = [keys.thread(one.conversation), keys.conversation(one.conversation), keys.conversations(), keys.counts];
  await Promise.all(names.map((queryKey) => client.invalidateQueries({ queryKey })));
}

async function send(one: Outgoing): Promise<void> {
  if (busy.has(one.key)) return;
  busy.add(one.key);
  change(one.key, { state: 'sending', heldUntil: null });
  try {
    const message = await api.post(`/api/conversations/${one.conversation}/messages`, one.body, Message, { key: one.key });
    await settle(one, message);
  } catch (error) {
    failed(one, error);
  } finally {
    busy.delete(one.key);
  }
  // What was written meanwhile waited for this one; without a network it goes on waiting.
  if (outbox.get().find((entry) => entry.key === one.key)?.state !== 'waiting') void flushOutbox();
}

function failed(one: Outgoing, error: unknown): void {
  if (mayPass(error)) {
    change(one.key, { state: 'waiting' });
    later(error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : 3_000);
  } else if (error instanceof ApiError) {
    change(one.key, { state: 'refused', error });
  } else {
    // The hub took it and answered something this browser cannot read: the thread will show it.
    change(one.key, null);
    void queries?.invalidateQueries({ queryKey: keys.thread(one.conversation) });
  }
}

function later(wait: number): void {
  clearTimeout(retry);
  retry = setTimeout(() => void flushOutbox(), wait);
}

/** Sends what waits, in order of writing; two replies of one conversation never overtake each other. */
export async function flushOutbox(): Promise<void> {
  const stuck = new Set(outbox.get().flatMap((entry) => (entry.state === 'sending' ? [entry.conversation] : [])));
  for (const one of outbox.get().filter((entry) => entry.state === 'waiting')) {
    if (!stuck.has(one.conversation)) await send(one);
    if (outbox.get().some((entry) => entry.key === one.key)) stuck.add(one.conversation);
  }
}

/** Puts a reply or note on its way. With `hold` (milliseconds) it can be taken back for that long. */
export function sendReply(conversation: string, body: SendMessage, hold = 0): string {
  const key = newKey();
  const heldUntil = hold > 0 ? Date.now() + hold : null;
  const one: Outgoing = {
    key,
    conversation,
    body,
    at: new Date().toISOString(),
    state: hold > 0 ? 'held' : 'waiting',
    heldUntil,
    error: null,
  };
  outbox.set((all) => [...all, one]);
  save();
  const go = () => {
    if (outbox.get().some((entry) => entry.key === key && entry.state === 'held')) change(key, { state: 'waiting', heldUntil: null });
    void flushOutbox();
  };
  if (hold > 0) setTimeout(go, hold);
  else go();
  return key;
}

/** Takes a held or refused reply back; undefined where it has left. */
export function takeBack(key: string): Outgoing | undefined {
  const one = outbox.get().find((entry) => entry.key === key);
  if (!one || one.state === 'sending') return undefined;
  change(key, null);
  return one;
}

/** The replies of one conversation that have not reached the hub, in the order they were written. */
export const outgoingOf = (conversation: string): readonly Outgoing[] => outbox.get().filter((one) => one.conversation === conversation);

/** The same, watched. */
export function useOutgoing(conversation: string): readonly Outgoing[] {
  const all = useStore(outbox);
  return useMemo(() => all.filter((one) => one.conversation === conversation), [all, conversation]);
}

/** How many replies wait for the network. */
export const useWaitingCount = (): number => useStore(outbox, (all) => all.filter((one) => one.state === 'waiting').length);
