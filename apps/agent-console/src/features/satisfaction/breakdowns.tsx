import type { SurveyReport } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { PanelSection } from '../../ui';
import styles from './satisfaction.module.css';
import { usePercent } from './use-percent';

const ENOUGH = 30;

/** Who answered by which way, who was asked and who was not, and the two figures that satisfaction hangs on. */
export function Breakdowns({ report }: { readonly report: SurveyReport }) {
  const { t } = useTranslation('satisfaction');
  const words = useWords();
  return (
    <div className={styles.breakdowns}>
      <Parts title={t('byMode')} parts={report.byMode} say={(code) => t(`mode.${code}`)} />
      <Parts title={t('byChannel')} parts={report.byChannel} say={words.channel} />
      <Invitations report={report} />
      <PanelSection title={t('service')}>
        <Share name={t('firstResponse')} hint={t('firstResponseHint')} figure={report.firstResponse} />
        <Share name={t('toldFirst')} hint={t('toldFirstHint')} figure={report.toldFirst} />
      </PanelSection>
    </div>
  );
}

interface PartsProps {
  readonly title: string;
  readonly parts: SurveyReport['byMode'];
  say(code: string): string;
}

function Parts({ title, parts, say }: PartsProps) {
  const { t } = useTranslation('satisfaction');
  const { percent } = usePercent();
  return (
    <PanelSection title={title}>
      {parts.length === 0 && <p className={styles.quiet}>{t('none')}</p>}
      <ul className={styles.rows}>
        {parts.map(({ code, n, share }) => (
          <li key={code} data-few={n < ENOUGH || undefined} title={n < ENOUGH ? t('tooFew') : undefined}>
            <span>{say(code)}</span>
            <span className={styles.track}>
              <span className={styles.bar} style={{ inlineSize: `${Math.round(100 * (share ?? 0))}%` }} />
            </span>
            <strong>{percent(share)}</strong>
            <span className={styles.quiet}>{t('n', { n })}</span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function Invitations({ report }: { readonly report: SurveyReport }) {
  const { t } = useTranslation('satisfaction');
  const { percent } = usePercent();
  const { sent, answered, left, expired, responseRate, suppressed } = report.invitations;
  const lines = [
    [t('sent'), sent],
    [t('answered'), answered],
    [t('left'), left],
    [t('expired'), expired],
    ...suppressed.map(({ code, count }) => [t('notAsked', { reason: t(`reason.${code}`) }), count] as const),
  ] as const;
  return (
    <PanelSection title={t('invitations')}>
      <p>
        {t('responseRate')} <strong>{percent(responseRate)}</strong>
      </p>
      <ul className={styles.counts}>
        {lines.map(([name, count]) => (
          <li key={name}>
            <span>{name}</span>
            <strong>{count}</strong>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

interface ShareProps {
  readonly name: string;
  readonly hint: string;
  readonly figure: SurveyReport['firstResponse'];
}

function Share({ name, hint, figure }: ShareProps) {
  const { t } = useTranslation('satisfaction');
  const { percent } = usePercent();
  return (
    <div className={styles.share} data-few={figure.n < ENOUGH || undefined}>
      <strong>{percent(figure.share)}</strong>
      <span>
        {name}{' '}
        <span className={styles.quiet}>{figure.n < ENOUGH ? `${t('n', { n: figure.n })} · ${t('tooFew')}` : t('n', { n: figure.n })}</span>
        <br />
        <span className={styles.quiet}>{hint}</span>
      </span>
    </div>
  );
}
