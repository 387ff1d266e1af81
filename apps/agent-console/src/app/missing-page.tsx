import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { GoLink, hrefs } from '../navigation';
import { EmptyState } from '../ui';

/** An address that leads nowhere. */
export function MissingPage() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconMapOff} title={t('error.missing')}>
      <GoLink href={hrefs.inbox()}>{t('error.toInbox')}</GoLink>
    </EmptyState>
  );
}
