import { useEffect, useRef } from 'react';
import { createStore, useStore } from '../client';

/** Something a person can do here and now: by its key, or by name in the command bar. */
export interface Command {
  /** Unique, e.g. `conversation.assign`. */
  readonly id: string;
  /** What it is called, translated. */
  readonly title: string;
  /** Under which heading the command bar lists it, translated. */
  readonly section: string;
  /** `j`, `?`, `mod+k`, `mod+shift+enter`. Plain letters are silent while somebody types. */
  readonly keys?: string;
  /** Works while somebody types, too. */
  readonly whileTyping?: boolean;
  /** Wins over whatever else the screen offers on the same keys. */
  readonly everywhere?: boolean;
  /** Not listed in the command bar (moving a cursor). */
  readonly hidden?: boolean;
  readonly run: () => void;
}

const commands = createStore<readonly Command[]>([]);

/** Offers commands as long as the component is there. The newest of an id wins. */
export function useOffer(offered: readonly (Command | false | null | undefined)[]): void {
  const live = offered.filter((one): one is Command => Boolean(one));
  const latest = useRef(live);
  useEffect(() => {
    latest.current = live;
  });
  const names = live.map((one) => `${one.id}|${one.title}|${one.keys ?? ''}`).join('\n');
  useEffect(() => {
    const mine = latest.current.map((one) => ({ ...one, run: () => latest.current.find((now) => now.id === one.id)?.run() }));
    commands.set((all) => [...all, ...mine]);
    return () => commands.set((all) => all.filter((one) => !mine.includes(one)));
  }, [names]);
}

/** What can be done now, for the command bar and the list of keys. */
export function useCommands(): readonly Command[] {
  const all = useStore(commands);
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** Runs a command by its id, wherever it is offered; false where nobody offers it. */
export function runCommand(id: string): boolean {
  const found = commands.get().findLast((one) => one.id === id);
  found?.run();
  return found !== undefined;
}

/** The pressed keys in the notation of {@link Command.keys}. */
export function pressed(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  // Shift is part of a character already (`?`), and said of named keys only.
  const shifted = event.shiftKey && event.key.length > 1;
  const parts = [(event.ctrlKey || event.metaKey) && 'mod', event.altKey && 'alt', shifted && 'shift', event.key.toLowerCase()];
  return parts.filter(Boolean).join('+');
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// Enter on a button or a link is a click on it.
const isPressed = (keys: string, target: EventTarget | null): boolean =>
  keys === 'enter' && target instanceof HTMLElement && target.closest('a, button, [role="menuitem"], [role="option"]') !== null;

const hasDialog = (): boolean => document.querySelector('[aria-modal="true"], [role="dialog"], [role="menu"]') !== null;

/** Listens for the keys of all offered commands; once, in the shell. Returns the end of it. */
export function listenForKeys(): () => void {
  const heard = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = pressed(event);
    const offered = commands.get().filter((one) => one.keys === keys);
    const found = offered.findLast((one) => one.everywhere) ?? offered.at(-1);
    const quiet = !found?.whileTyping && (isTyping(event.target) || hasDialog() || isPressed(keys, event.target));
    if (!found || quiet) return;
    event.preventDefault();
    found.run();
  };
  document.addEventListener('keydown', heard);
  return () => document.removeEventListener('keydown', heard);
}
