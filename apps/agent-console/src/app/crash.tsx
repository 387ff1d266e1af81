import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui';

/** What is shown instead of a page that stopped working. */
export function CrashPage() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconMoodSad} title={t('error.page')}>
      <p>{t('error.pageText')}</p>
      <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
    </EmptyState>
  );
}

/** Catches what a component throws, so that a fault is a sentence and not a white page. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <CrashPage /> : this.props.children;
  }
}
