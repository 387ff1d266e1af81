import { useTranslation } from 'react-i18next';
import { useConversation } from '../../client';
import { DocumentsSection, ErrorState, SkeletonRows } from '../../ui';
import { ClaimCard } from './claim-card';
import { ClaimQuestion } from './claim-question';
import { ConversationPromises } from './conversation-promises';
import { ConversationAppointments } from './conversation-appointments';
import { ConversationTasks } from './conversation-tasks';
import { CounselQuestion } from './counsel-question';
import { CustomerCard } from './customer-card';
import { HolderQuestion } from './holder-question';
import { OtherConversations } from './other-conversations';
import { PossibleDuplicates } from './possible-duplicates';
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
      <PossibleDuplicates conversation={conversation} />
      {conversation.claim ? (
        <ClaimCard conversation={conversation} number={conversation.claim.number} />
      ) : (
        <>
          {/* Mail of many claims: each message of it is filed by itself, in the thread. */}
          {!conversation.toFile && <ClaimQuestion conversation={conversation} />}
          <ReportCard conversation={conversation} />
        </>
      )}
      {conversation.claim && <DocumentsSection number={conversation.claim.number} />}
      {!conversation.claim && conversation.labels.includes('law-firm') && <CounselQuestion conversation={conversation} />}
      <ConversationTasks conversation={conversation} />
      {!conversation.toFile && <ConversationAppointments conversation={conversation} />}
      <ConversationPromises conversation={conversation} />
      <CustomerCard contactId={conversation.contactId} />
      <ThreadPeople conversation={conversation} />
      <WhyMe conversationId={conversationId} assignee={conversation.assignee} />
      <OtherConversations conversation={conversation} />
    </div>
  );
}
