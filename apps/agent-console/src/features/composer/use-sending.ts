import type { Conversation, Message, SendMessage } from '@claimline/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keys, sawThread, seenOf, sendReply, takeBack, useMe, useOutgoing, type KnownThread } from '../../client';

// Mail only: what goes by chat or SMS is on its way at once.
const UNDO = 5_000;

/** What is new in the thread since this person looked, other than what they wrote themselves. */
export function newSince(
  known: KnownThread | undefined,
  seen: ReadonlySet<string> | undefined,
  me: string | undefined,
): readonly Message[] {
  if (!known || !seen) return [];
  return known.items.filter((message) => !seen.has(message.id) && message.author?.id !== me && message.kind !== 'notice');
}

interface Ready {
  readonly body: SendMessage;
  readonly go: boolean;
  /** It had left the composer already when the hub refused it: what is written there now is something else. */
  readonly refused: boolean;
}

/** The hub knew of something that this screen did not: reads it, and gives the message back with what is new. */
function useReturned(id: string, me: string | undefined, onReturn: (body: SendMessage, news: readonly Message[]) => void): void {
  const queries = useQueryClient();
  const refused = useOutgoing(id).find((one) => one.state === 'refused' && one.error?.code === 'thread-moved');
  const tell = useRef(onReturn);
  useEffect(() => {
    tell.current = onReturn;
  });
  useEffect(() => {
    if (!refused) return;
    const back = takeBack(refused.key);
    if (!back) return;
    const seen = seenOf(id)?.messages;
    void queries.refetchQueries({ queryKey: keys.thread(id) }).then(() => {
      const known = queries.getQueryData<KnownThread>(keys.thread(id));
      const news = newSince(known, seen, me);
      // Only my own words came in between: nothing to decide.
      if (known && news.length === 0) sendReply(id, { ...back.body, seen: known.position });
      else tell.current(back.body, news);
    });
  }, [refused, queries, id, me]);
}

/** Sends, unless the thread moved under the writer's hands: then first shows what is new. `sent` is told once it is on its way. */
export function useSending(conversation: Conversation, sent: (goOn: boolean) => void) {
  const { id } = conversation;
  const queries = useQueryClient();
  const me = useMe().data?.id;
  const [held, setHeld] = useState<Ready | null>(null);
  const [fresh, setFresh] = useState<readonly Message[] | null>(null);

  const leave = (body: SendMessage, go: boolean): void => {
    sendReply(id, body, body.channel === 'email' && body.kind !== 'note' ? UNDO : 0);
    sent(go);
  };
  const send = (body: SendMessage, go: boolean): void => {
    const known = queries.getQueryData<KnownThread>(keys.thread(id));
    const news = body.kind === 'note' ? [] : newSince(known, seenOf(id)?.messages, me);
    if (news.length === 0) return leave(body, go);
    setHeld({ body, go, refused: false });
    setFresh(news);
  };

  useReturned(id, me, (body, news) => {
    setHeld({ body, go: false, refused: true });
    setFresh(news);
  });

  const close = () => {
    setFresh(null);
    setHeld(null);
  };
  /** The writer has read it and sends all the same. */
  const sendAnyway = (): void => {
    const known = queries.getQueryData<KnownThread>(keys.thread(id));
    if (!held || !known) return close();
    sawThread(id, { position: known.position, messages: new Set(known.items.map((message) => message.id)) });
    const body = { ...held.body, seen: known.position };
    if (held.refused) sendReply(id, body);
    else leave(body, held.go);
    close();
  };
  return { send, fresh, returned: held?.refused ? held.body : null, close, sendAnyway };
}
