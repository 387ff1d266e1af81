import { useTranslation } from 'react-i18next';
import { useClaim, useContact, useConversation, useTimeline } from '../../client';
import { useWords } from '../../locales';
import {
  AddressList,
  ErrorState,
  Fact,
  Facts,
  Highlight,
  PanelSection,
  PromisedBy,
  SkeletonRows,
  StageLine,
  useDates,
  type SearchHit,
} from '../../ui';
import styles from './preview.module.css';

interface PreviewProps {
  readonly hit: SearchHit;
  readonly query: string;
}

/** The chosen hit, read without opening it: a caller's claim with stage, next step and last words. */
export function Preview({ hit, query }: PreviewProps) {
  const { t } = useTranslation('search');
  return (
    <aside className={styles.preview} aria-label={t('preview')} aria-live="polite">
      <h2 className={styles.title}>{hit.title}</h2>
      {hit.group === 'claims' && <ClaimPreview number={hit.subject} />}
      {hit.group === 'customers' && <CustomerPreview id={hit.subject} />}
      {(hit.group === 'conversations' || hit.group === 'messages') && (
        <ConversationPreview id={hit.subject} words={hit.detail} at={hit.at} query={query} />
      )}
    </aside>
  );
}

function ClaimPreview({ number }: { readonly number: string }) {
  const { t } = useTranslation('search');
  const words = useWords();
  const { data: claim, error } = useClaim(number);
  if (error && !claim) return <ErrorState error={error} />;
  if (!claim) return <SkeletonRows count={2} height={56} />;
  return (
    <>
      <PanelSection title={[words.line(claim.lineOfBusiness), claim.plate, claim.policyNumber].filter(Boolean).join(' · ')}>
        <StageLine steps={claim.stageLine} subStatus={claim.subStatus} />
        <Facts>
          <Fact label={t('nextStep')}>{claim.nextStep ?? '–'}</Fact>
          {claim.promisedBy && (
            <Fact label={t('promisedBy')}>
              <PromisedBy at={claim.promisedBy} />
            </Fact>
          )}
          <Fact label={t('handler')}>{claim.handler?.name ?? t('noHandler')}</Fact>
          <Fact label={t('parties')}>{claim.parties.map((party) => `${party.name} (${words.party(party.role)})`).join(', ')}</Fact>
        </Facts>
      </PanelSection>
      <LastWords number={number} />
    </>
  );
}

/** What was said last about a claim. */
function LastWords({ number }: { readonly number: string }) {
  const { t } = useTranslation('search');
  const dates = useDates();
  const { data: timeline } = useTimeline(number);
  const last = timeline?.find((entry) => entry.type === 'message' && wordsOf(entry.params) !== null);
  if (!timeline) return <SkeletonRows count={1} height={48} />;
  return (
    <PanelSection title={t('lastWords')}>
      {last ? (
        <blockquote className={styles.words}>
          <p>{wordsOf(last.params)}</p>
          <footer>{[last.who, dates.relative(last.at)].filter(Boolean).join(' · ')}</footer>
        </blockquote>
      ) : (
        <p className={styles.quiet}>{t('noWords')}</p>
      )}
    </PanelSection>
  );
}

function wordsOf(params: Readonly<Record<string, unknown>>): string | null {
  const words = params['preview'] ?? params['text'];
  return typeof words === 'string' && words !== '' ? words : null;
}

function CustomerPreview({ id }: { readonly id: string }) {
  const { t } = useTranslation('search');
  const words = useWords();
  const dates = useDates();
  const { data: contact, error } = useContact(id);
  if (error && !contact) return <ErrorState error={error} />;
  if (!contact) return <SkeletonRows count={3} height={48} />;
  const last = contact.conversations[0];
  return (
    <>
      <PanelSection title={t('claimsOf')}>
        <Facts>
          {contact.claims.map((claim) => (
            <Fact key={claim.number} label={words.stage(claim.stage)}>
              {claim.number} <span className={styles.quiet}>{words.line(claim.line)}</span>
            </Fact>
          ))}
        </Facts>
        {contact.claims.length === 0 && <p className={styles.quiet}>{t('noClaims')}</p>}
      </PanelSection>
      {last && (
        <PanelSection title={t('lastWords')}>
          <blockquote className={styles.words}>
            <p>{last.preview}</p>
            <footer>{dates.relative(last.lastMessageAt)}</footer>
          </blockquote>
        </PanelSection>
      )}
      <PanelSection title={t('reach')}>
        <AddressList addresses={contact.addresses} />
      </PanelSection>
    </>
  );
}

interface ConversationPreviewProps {
  readonly id: string;
  readonly words: string;
  readonly at: string | null;
  readonly query: string;
}

function ConversationPreview({ id, words, at, query }: ConversationPreviewProps) {
  const { t } = useTranslation('search');
  const dates = useDates();
  const { data: conversation } = useConversation(id);
  return (
    <>
      <PanelSection title={at ? dates.moment(at) : t('lastWords')}>
        <blockquote className={styles.words}>
          <p>
            <Highlight text={words} query={query} />
          </p>
        </blockquote>
      </PanelSection>
      {conversation?.claim && <ClaimPreview number={conversation.claim.number} />}
    </>
  );
}
