import { useTranslation } from 'react-i18next';
import { useConversation } from '../../client';
import { DocumentsSection, ErrorState, SkeletonRows } from '../../ui';
import { ClaimCard } from './claim-card';
import { ClaimQuestion } from './claim-question';
import { ConversationTasks } from './conversation-tasks';
import { CustomerCard } from './customer-card';
import { HolderQuestion } from './holder-question';
import { OtherConversations } from './other-conversations';
import { ReportCard } from './report-card';
import styles from './side-panel.module.css';
import { ThreadPeople } from './thread-people';
import { WhyMe } from './why-me';

/** Beside a thread: its claim first, then the customer, the people, the tasks, and why it is with this adjuster. */
export function SidePanel({ conversationId }: { readonly conversationId: string }) {
  const { t } = useTranslation('side-panel');
  const { data: conversation, error, refetch } = useConversation(conversationId);
  if (error && !conversation) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!conversation) return <SkeletonRows count={5} />;
  return (
    <div className={styles.panel} aria-label={t('label')} role="complementary" key={conversationId}>
      {conversation.holders.length > 1 && <HolderQuestion conversation={conversation} />}
      {conversation.claim ? (
        <ClaimCard conversation={conversation} number={conversation.claim.number} />
      ) : (
        <>
          <ClaimQuestion conversation={conversation} />
          <ReportCard conversation={conversation} />
        </>
      )}
      {conversation.claim && <DocumentsSection number={conversation.claim.number} />}
      <ConversationTasks conversation={conversation} />
      <CustomerCard contactId={conversation.contactId} />
      <ThreadPeople conversation={conversation} />
      <WhyMe conversationId={conversationId} assignee={conversation.assignee} />
      <OtherConversations conversation={conversation} />
    </div>
  );
}
