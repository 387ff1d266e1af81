import type { Conversation, PolicyCandidate } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBeginReport, usePolicies, useReports, useSendBindLink } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { PanelSection, toast, useMayWrite } from '../../ui';
import { Acknowledge } from './acknowledge';
import styles from './side-panel.module.css';

/** A customer without a claim: the policy that they probably mean, a report with one key, an acknowledgement with another. */
export function ReportCard({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const go = useGo();
  const mayWrite = useMayWrite();
  const begin = useBeginReport();
  const { data: open = [] } = useReports('open', conversation.id);
  const { data: sent = [] } = useReports('submitted', conversation.id);
  const { data: policies } = usePolicies({ conversation: conversation.id });
  const draft = open[0] ?? sent[0];
  const register = () => begin.mutate({ conversation: conversation.id }, { onSuccess: ({ id }) => go(hrefs.report(id)) });
  const section = t('section');
  useOffer([mayWrite && { id: 'report.register', title: t('register'), section, keys: 'g', run: register }]);
  const [policy] = policies?.items ?? [];
  if (!mayWrite && !policy) return null;
  return (
    <PanelSection title={t('card')}>
      {policy && <Suggested policy={policy} />}
      {mayWrite && <AskCustomer conversation={conversation} policy={policy} />}
      {draft?.state === 'submitted' && <p className={styles.hint}>{t('told.submitted')}</p>}
      {mayWrite && (
        <div className={styles.choices}>
          <Button
            // Where a claim is suggested, linking it is the first thing to do.
            variant={conversation.suggestedClaims.length > 0 ? 'default' : 'filled'}
            leftSection={<IconFilePlus size={14} stroke={1.8} />}
            loading={begin.isPending}
            onClick={draft?.state === 'submitted' ? () => go(hrefs.report(draft.id)) : register}
          >
            {t(draft?.state === 'submitted' ? 'openReport' : draft ? 'goOn' : 'register')}
          </Button>
          <Acknowledge conversation={conversation} />
        </div>
      )}
      {begin.isError && (
        <p className={styles.problem} role="alert">
          {words.error(begin.error)}
        </p>
      )}
    </PanelSection>
  );
}

// A stranger is asked about the claim that their words point to, else about the policy; a known party needs no such question.
function AskCustomer({ conversation, policy }: { readonly conversation: Conversation; readonly policy: PolicyCandidate | undefined }) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const ask = useSendBindLink(conversation.id);
  const claim = conversation.suggestedClaims.find(({ reason }) => reason !== 'party-of-claim');
  if (conversation.suggestedClaims.some(({ reason }) => reason === 'party-of-claim') || (!claim && !policy)) return null;
  const send = () =>
    ask.mutate(claim ? { claim: claim.number } : { policy: policy!.ref }, {
      onSuccess: () => void toast({ text: t('bind.asked') }),
      onError: (error) => void toast({ text: words.error(error), tone: 'danger' }),
    });
  return (
    <div className={styles.choices}>
      <Button size="xs" variant="default" loading={ask.isPending} disabled={ask.isSuccess} onClick={send}>
        {t('bind.ask', { number: claim?.number ?? policy!.number })}
      </Button>
    </div>
  );
}

function Suggested({ policy }: { readonly policy: PolicyCandidate }) {
  const { t } = useTranslation('reports');
  const words = useWords();
  return (
    <>
      <p className={styles.strong}>{[policy.number, words.line(policy.line), policy.holder].filter(Boolean).join(' · ')}</p>
      <p className={styles.reason}>{t(`policy.by.${policy.reason}`, { number: policy.number })}</p>
    </>
  );
}
