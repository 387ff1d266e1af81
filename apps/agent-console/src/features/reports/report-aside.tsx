import type { PolicyCandidate, Report } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConversation, useLinkClaim } from '../../client';
import { humanised, useWords } from '../../locales';
import { GoLink, hrefs, useGo } from '../../navigation';
import { AudioPlayer, PanelSection, toast, useDates } from '../../ui';
import { PolicyFinder } from './policy-finder';
import styles from './report-page.module.css';

interface ReportAsideProps {
  readonly report: Report;
  readonly disabled: boolean;
  readonly onPolicy: (policy: PolicyCandidate) => void;
  readonly onApart: (references: string[]) => void;
}

/** Beside the form: what was heard, which policy it may be, which claim it may be already. */
export function ReportAside({ report, disabled, onPolicy, onApart }: ReportAsideProps) {
  return (
    <aside className={styles.aside}>
      {report.similar.length > 0 && <Similar report={report} disabled={disabled} onApart={onApart} />}
      <Heard report={report} />
      <PolicyFinder report={report} disabled={disabled} onPick={onPolicy} />
      {report.conversationId && !report.claim && <SuggestedClaims conversationId={report.conversationId} disabled={disabled} />}
    </aside>
  );
}

function Heard({ report }: { readonly report: Report }) {
  const { t } = useTranslation('reports');
  const sounds = report.heard.filter((file) => file.contentType.startsWith('audio/') && file.state === 'stored');
  const pictures = report.heard.filter((file) => file.contentType.startsWith('image/') && file.state === 'stored');
  if (report.heard.length === 0) return null;
  return (
    <PanelSection title={t('heard.title')} aside={report.heard.length}>
      {sounds.map((file) => (
        <AudioPlayer key={file.id} file={file} />
      ))}
      {pictures.length > 0 && (
        <ul className={styles.pictures}>
          {pictures.map((file) => (
            <li key={file.id}>
              <a href={`/api/attachments/${file.id}`} target="_blank" rel="noreferrer">
                <img src={`/api/attachments/${file.id}/thumbnail`} alt={file.name} loading="lazy" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}

function Similar({ report, disabled, onApart }: Pick<ReportAsideProps, 'report' | 'disabled' | 'onApart'>) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const dates = useDates();
  return (
    <PanelSection title={t('similar.title')}>
      <p className={styles.warn}>{t('similar.hint')}</p>
      <ul className={styles.candidates}>
        {report.similar.map((one) => (
          <li key={one.reference} className={styles.candidate}>
            <div>
              <GoLink href={one.kind === 'claim' ? hrefs.claim(one.reference) : hrefs.report(one.reference)} className={styles.strong}>
                {one.kind === 'claim' ? one.reference : t('similar.report')}
              </GoLink>
              <p className={styles.quiet}>{[dates.day(one.lossDate), one.stage && words.stage(one.stage)].filter(Boolean).join(' · ')}</p>
            </div>
          </li>
        ))}
      </ul>
      <Button disabled={disabled} onClick={() => onApart(report.similar.map(({ reference }) => reference))}>
        {t('similar.apart')}
      </Button>
    </PanelSection>
  );
}

function SuggestedClaims({ conversationId, disabled }: { readonly conversationId: string; readonly disabled: boolean }) {
  const { t } = useTranslation('reports');
  const { t: panel } = useTranslation('side-panel');
  const words = useWords();
  const go = useGo();
  const link = useLinkClaim();
  const { data } = useConversation(conversationId);
  if (!data || data.claim || data.suggestedClaims.length === 0) return null;
  const to = (claim: string) =>
    link.mutate(
      { id: conversationId, claim },
      {
        onSuccess: () => {
          toast({ text: panel('claim.moved', { claim }) });
          go(hrefs.conversation(conversationId));
        },
      },
    );
  return (
    <PanelSection title={t('claim.title')}>
      <ul className={styles.candidates}>
        {data.suggestedClaims.map((claim) => (
          <li key={claim.number} className={styles.candidate}>
            <div>
              <p className={styles.strong}>{claim.number}</p>
              <p className={styles.quiet}>
                {[words.stage(claim.stage), panel(`suggested.${claim.reason}`, { defaultValue: humanised(claim.reason) })].join(' · ')}
              </p>
            </div>
            <Button
              size="xs"
              disabled={disabled}
              onClick={() => to(claim.number)}
              aria-label={panel('question.linkTo', { claim: claim.number })}
            >
              {panel('question.linkShort')}
            </Button>
          </li>
        ))}
      </ul>
      {link.isError && <p className={styles.problem}>{words.error(link.error)}</p>}
    </PanelSection>
  );
}
