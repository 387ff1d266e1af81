import type { Composer } from '@claimline/protocol';
import { Button, Menu, TextInput } from '@mantine/core';
import { IconClockHour9 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow } from '../../client';
import { sameTime, sendTimes, timeIn } from '../../ui';
import styles from './composer.module.css';

interface LaterMenuProps {
  readonly zones: Composer['zones'];
  readonly onLater: (at: number) => void;
}

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Sends later: the usual times by the customer's clock, with the office's beside it where it shows another; or any time. */
export function LaterMenu({ zones, onLater }: LaterMenuProps) {
  const { t, i18n } = useTranslation('composer');
  const [own, setOwn] = useState('');
  const now = hubNow();
  const office = zones?.office ?? HERE;
  const customer = zones?.customer ?? office;
  const ownAt = Date.parse(own);
  const times = (at: number): string => {
    const theirs = timeIn(at, customer, i18n.language);
    return sameTime(at, customer, office) ? theirs : t('later.both', { customer: theirs, office: timeIn(at, office, i18n.language) });
  };
  return (
    <>
      <Menu.Label>{t('later.title')}</Menu.Label>
      {sendTimes(now, customer).map(({ name, at }) => (
        <Menu.Item key={name} leftSection={<IconClockHour9 size={14} stroke={1.7} aria-hidden="true" />} onClick={() => onLater(at)}>
          {t(`later.${name}`)} <span className={styles.quiet}>{times(at)}</span>
        </Menu.Item>
      ))}
      <form
        className={styles.own}
        onSubmit={(event) => {
          event.preventDefault();
          if (ownAt > now) onLater(ownAt);
        }}
      >
        <TextInput type="datetime-local" aria-label={t('later.own')} value={own} onChange={(event) => setOwn(event.currentTarget.value)} />
        <Button type="submit" disabled={!(ownAt > now)}>
          {t('later.ok')}
        </Button>
      </form>
      {ownAt > now && <p className={styles.ownTimes}>{times(ownAt)}</p>}
    </>
  );
}
