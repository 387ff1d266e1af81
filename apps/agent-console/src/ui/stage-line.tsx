import type { Claim } from '@claimline/protocol';
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWords } from '../locales';
import { useDates } from './dates';
import styles from './stage-line.module.css';

interface StageLineProps {
  readonly steps: Claim['stageLine'];
  readonly subStatus?: string | null;
  /** `wide` writes the name of every step below it; otherwise only the present one is written, large. */
  readonly wide?: boolean;
}

/** Where a claim stands: one bar per step and the present step in words, readable at a glance. */
export function StageLine({ steps, subStatus, wide = false }: StageLineProps) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const dates = useDates();
  const at = steps.findIndex((step) => step.state === 'current');
  const current = steps[at];
  const name = current ? words.stage(current.stage) : '';
  const spoken = t('stage.spoken', { stage: name, step: at + 1, of: steps.length });
  return (
    <div className={styles.line} data-wide={wide || undefined}>
      {!wide && current && (
        <p className={styles.now}>
          <strong>{name}</strong>
          {subStatus && <span className={styles.sub}>{words.of('subStatus', subStatus)}</span>}
          {current.at && <span className={styles.since}>{t('stage.since', { when: dates.day(current.at) })}</span>}
        </p>
      )}
      <ol className={styles.steps} aria-label={spoken}>
        {steps.map((step) => (
          <Tooltip
            key={step.stage}
            label={step.at ? `${words.stage(step.stage)} · ${dates.day(step.at)}` : words.stage(step.stage)}
            disabled={wide}
            events={{ hover: true, focus: false, touch: true }}
          >
            <li className={styles.step} data-state={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
              <span className={styles.bar} />
              <span className={wide ? styles.name : 'unseen'}>{words.stage(step.stage)}</span>
              {wide && (
                <span className={styles.when}>
                  {[step.at && dates.day(step.at), step.state === 'current' && subStatus && words.of('subStatus', subStatus)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              )}
            </li>
          </Tooltip>
        ))}
      </ol>
    </div>
  );
}
