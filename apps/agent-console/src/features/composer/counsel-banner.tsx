import type { Composer } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCounselThread } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { useDates } from '../../ui';
import styles from './counsel-banner.module.css';

interface CounselBannerProps {
  readonly conversationId: string;
  readonly counsel: NonNullable<Composer['counsel']>;
}

/** The customer is represented: whom to write to instead, one click away. */
export function CounselBanner({ conversationId, counsel }: CounselBannerProps) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const dates = useDates();
  const go = useGo();
  const thread = useCounselThread();
  const write = () =>
    void thread.mutateAsync(conversationId).then(
      ({ conversation }) => go(hrefs.conversation(conversation)),
      () => undefined,
    );
  useOffer([{ id: 'composer.counsel', title: t('counsel.write', { name: counsel.name }), section: t('counsel.title'), run: write }]);
  return (
    <div className={styles.banner} role="note">
      <IconGavel size={16} stroke={1.6} aria-hidden />
      <p className={styles.text}>
        {counsel.since
          ? t('counsel.since', { name: counsel.name, when: dates.day(counsel.since) })
          : t('counsel.represented', { name: counsel.name })}
        {thread.isError && (
          <span className={styles.problem} role="alert">
            {words.error(thread.error)}
          </span>
        )}
      </p>
      <Button size="xs" loading={thread.isPending} onClick={write}>
        {t('counsel.write', { name: counsel.name })}
      </Button>
    </div>
  );
}
