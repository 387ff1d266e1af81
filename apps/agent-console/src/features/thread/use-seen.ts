import type { Conversation } from '@claimline/protocol';
import { useEffect, useMemo, useState } from 'react';
import { sawThread, seenOf, useMarkRead, useMe, type KnownThread } from '../../client';
import { useMayWrite } from '../../ui';

// Nobody reads a message in the moment it appears: until then a reply still counts as written without it.
const GLANCE = 900;

const isVisible = (): boolean => document.visibilityState === 'visible';

function useVisible(): boolean {
  const [visible, setVisible] = useState(isVisible);
  useEffect(() => {
    const changed = () => setVisible(isVisible());
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  return visible;
}

interface SeenParts {
  readonly conversation: Conversation;
  readonly known: KnownThread;
  readonly atBottom: boolean;
}

/** Keeps track of how far this person has looked, tells the hub, and says how many messages are still below. */
export function useSeen({ conversation, known, atBottom }: SeenParts): number {
  const id = conversation.id;
  const visible = useVisible();
  const mayWrite = useMayWrite();
  const markRead = useMarkRead(id);
  const [mark, setMark] = useState(0);
  const before = seenOf(id);
  const me = useMe().data?.id;
  const others = useMemo(() => known.items.filter((message) => message.kind !== 'notice' && message.author?.id !== me), [known.items, me]);
  const fresh = before ? others.filter((message) => !before.messages.has(message.id)).length : 0;

  useEffect(() => {
    if (!atBottom || !visible) return undefined;
    const look = () => {
      sawThread(id, { position: known.position, messages: new Set(known.items.map((message) => message.id)) });
      setMark((n) => n + 1);
    };
    const timer = setTimeout(look, fresh > 0 ? GLANCE : 0);
    return () => clearTimeout(timer);
  }, [id, atBottom, visible, known, fresh]);

  const unread = mayWrite ? conversation.unread : 0; // who only reads leaves no trace
  useEffect(() => {
    const position = seenOf(id)?.position;
    // A failure here costs nothing: the next look says it again.
    if (atBottom && visible && position !== undefined && unread > 0) markRead(position).catch(() => undefined);
  }, [id, atBottom, visible, unread, mark, markRead]);
  return fresh;
}
