import { useEffect } from 'react';
import { useConversation, useThread, tellViewing } from '../../client';
import { ErrorState } from '../../ui';
import { Thread } from './thread';
import { ThreadHeader } from './thread-header';
import { ThreadSkeleton } from './thread-skeleton';
import styles from './thread-pane.module.css';

interface ThreadPaneProps {
  readonly conversationId: string;
  /** It is done or put away: go on with the next one. */
  readonly onDone: () => void;
  /** Back to the list, where the screen has room for one thing only. */
  readonly onBack: (() => void) | null;
  readonly details: { readonly shown: boolean; readonly toggle: () => void };
}

/** One conversation: its header and its thread across channels. */
export function ThreadPane({ conversationId, onDone, onBack, details }: ThreadPaneProps) {
  const conversation = useConversation(conversationId);
  const thread = useThread(conversationId);
  useEffect(() => {
    tellViewing(conversationId);
    return () => tellViewing(null);
  }, [conversationId]);
  const error = conversation.error ?? thread.error;
  const again = () => void Promise.all([conversation.refetch(), thread.refetch()]);
  if (error && !(conversation.data && thread.data)) return <ErrorState error={error} retry={again} />;
  return (
    <>
      <ThreadHeader id={conversationId} conversation={conversation.data} onDone={onDone} onBack={onBack} details={details} />
      <div className={styles.thread}>
        {conversation.data && thread.data ? (
          <Thread key={conversationId} conversation={conversation.data} known={thread.data} loadOlder={thread.loadOlder} />
        ) : (
          <ThreadSkeleton />
        )}
      </div>
    </>
  );
}
