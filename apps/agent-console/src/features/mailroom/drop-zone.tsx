import { Button, Progress, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow } from '../../client';
import { useWords } from '../../locales';
import styles from './mailroom.module.css';
import { SCANNABLE, useIntake } from './use-intake';

const today = (): string => new Date(hubNow()).toLocaleDateString('sv');

/** Where papers are dropped, thirty at once: each becomes a scan as soon as it has arrived. Leaving while some are under way is asked about. */
export function DropZone() {
  const { t } = useTranslation('paper');
  const words = useWords();
  const [day, setDay] = useState(today);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const { incoming, add, again, running, done } = useIntake(day);
  const failed = incoming.filter(({ state }) => state instanceof Error);
  useEffect(() => {
    if (running === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [running]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files);
  };
  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={styles.dropLine}>
        <span className={styles.dropText}>{t('mailroom.drop')}</span>
        <TextInput
          type="date"
          size="xs"
          label={t('mailroom.stamp')}
          value={day}
          max={today()}
          onChange={(event) => setDay(event.currentTarget.value || today())}
        />
        <Button leftSection={<IconUpload size={15} stroke={1.8} />} onClick={() => picker.current?.click()}>
          {t('mailroom.choose')}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept={SCANNABLE}
          aria-label={t('mailroom.choose')}
          onChange={(event) => {
            add(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {incoming.length > 0 && (
        <div role="status" className={styles.progress}>
          {t('mailroom.progress', { done, all: incoming.length })}
          <Progress value={(done / incoming.length) * 100} aria-label={t('mailroom.progress', { done, all: incoming.length })} />
        </div>
      )}
      {failed.map((one) => (
        <p key={one.key} role="alert" className={styles.failed}>
          {one.name}: {words.error(one.state)}
          <Button size="compact-xs" variant="subtle" onClick={() => again(one)}>
            {t('mailroom.again')}
          </Button>
        </p>
      ))}
    </div>
  );
}
