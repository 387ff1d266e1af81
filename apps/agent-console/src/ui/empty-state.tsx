import type { TablerIcon } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../locales';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: TablerIcon;
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
}

/** Nothing here, and what to do next. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <Icon size={28} stroke={1.4} aria-hidden="true" className={styles.icon} />
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
    </div>
  );
}

/** It could not be read: what happened, and again. */
export function ErrorState({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <div className={styles.state} role="alert">
      <IconCloudOff size={28} stroke={1.4} aria-hidden="true" className={styles.icon} />
      <p className={styles.title}>{t('error.title')}</p>
      <div className={styles.text}>{words.error(error)}</div>
      {retry && (
        <Button size="sm" onClick={retry}>
          {t('error.again')}
        </Button>
      )}
    </div>
  );
}
