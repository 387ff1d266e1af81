import type { SurveyReport } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import styles from './satisfaction.module.css';
import { usePercent } from './use-percent';

type Figure = SurveyReport['questions'][number];

/** One tile per question: what share is satisfied, how that compares, and how many say so. */
export function Questions({ report }: { readonly report: SurveyReport }) {
  return (
    <dl className={styles.questions}>
      {report.questions.map((figure) => (
        <Tile key={figure.question} figure={figure} />
      ))}
    </dl>
  );
}

function Tile({ figure }: { readonly figure: Figure }) {
  const { t } = useTranslation('satisfaction');
  const { percent } = usePercent();
  return (
    <div className={styles.tile} data-few={!figure.isEnough || undefined} data-first={figure.question === 'overall' || undefined}>
      <dt>{t(`question.${figure.question}`)}</dt>
      <dd>
        <strong>{percent(figure.share)}</strong>
        {figure.isEnough ? (
          <>
            <Delta
              points={figure.toBaseline}
              words={figure.baseline === null ? t('noBaseline') : t('toBaseline', { percent: figure.baseline })}
            />
            <Delta
              points={figure.toBefore}
              words={figure.before.n === 0 ? t('nothingBefore') : t('toBefore', { percent: percent(figure.before.share) })}
            />
          </>
        ) : (
          <span className={styles.quiet}>{t('tooFew')}</span>
        )}
        <span className={styles.quiet}>{t('n', { n: figure.n })}</span>
      </dd>
    </div>
  );
}

function Delta({ points, words }: { readonly points: number | null; readonly words: string }) {
  const { t } = useTranslation('satisfaction');
  const { signed } = usePercent();
  if (points === null) return <span className={styles.quiet}>{words}</span>;
  const tone = points > 0 ? 'up' : points < 0 ? 'down' : 'same';
  return (
    <span className={styles.delta}>
      <b data-tone={tone}>{t('points', { points: signed(points) })}</b> {words}
    </span>
  );
}
