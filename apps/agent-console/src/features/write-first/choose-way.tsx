import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { ChannelIcon } from '../../ui';
import type { Way } from './ways-to';
import styles from './write-first.module.css';

interface ChooseWayProps {
  readonly ways: readonly Way[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

/** The channels and addresses that reach this person; what may not be used says why. */
export function ChooseWay({ ways, chosen, onChoose }: ChooseWayProps) {
  const { t } = useTranslation('write-first');
  const words = useWords();
  if (ways.length === 0) return <p className={styles.warning}>{t('noWay')}</p>;
  return (
    <fieldset className={styles.ways}>
      <legend>{t('channel')}</legend>
      <div className={styles.wayList}>
        {ways.map((way) => (
          <label key={way.key} className={styles.way} data-disabled={way.reason !== null || undefined}>
            <input
              type="radio"
              name="way"
              value={way.key}
              checked={way.key === chosen}
              disabled={way.reason !== null}
              onChange={() => onChoose(way.key)}
            />
            <ChannelIcon kind={way.channel} size={16} silent />
            <span className={styles.wayName}>{words.channel(way.channel)}</span>
            <span className={styles.wayTo}>{way.to}</span>
            <span className={styles.wayState}>
              {way.reason
                ? words.reason(way.reason)
                : [!way.verified && t('unverified'), t(`consent.${way.consent}`)].filter(Boolean).join(' · ')}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
