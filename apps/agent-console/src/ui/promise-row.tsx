import type { CustomerPromise } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettlePromise } from '../client';
import { humanised, useWords } from '../locales';
import { GoLink, hrefs } from '../navigation';
import { ClockPill } from './clock-pill';
import { isCode } from './code-text';
import { useMayWrite } from './rights';
import styles from './task-row.module.css';
import { toast } from './toasts';

interface PromiseRowProps {
  readonly promise: CustomerPromise;
  /** Shows to whom and about what; not needed beside its own conversation. */
  readonly full?: boolean;
}

/** What a customer was told to expect, and by when; kept with one click. A broken one says so. */
export function PromiseRow({ promise, full = false }: PromiseRowProps) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const mayWrite = useMayWrite();
  const settle = useSettlePromise();
  const href = promise.conversationId ? hrefs.conversation(promise.conversationId) : promise.claim ? hrefs.claim(promise.claim) : null;
  const step = isCode(promise.step) ? t(`step.${promise.step}`, { defaultValue: humanised(promise.step) }) : promise.step;
  const about = [promise.contact?.name, promise.claim].filter(Boolean).join(' · ');
  const end = (how: 'keep' | 'cancel') => () =>
    void settle.mutateAsync({ id: promise.id, how }).then(
      () => toast({ text: t(how === 'keep' ? 'promise.wasKept' : 'promise.wasCanceled') }),
      (error: unknown) => toast({ text: words.error(error), tone: 'danger' }),
    );
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <div className={styles.body}>
          <p className={styles.head}>
            {full && href ? (
              <GoLink href={href} className={styles.title}>
                {step}
              </GoLink>
            ) : (
              <span className={styles.title}>{step}</span>
            )}
            {full && about && <span className={styles.about}>{about}</span>}
          </p>
          <p className={styles.quiet}>
            {promise.state === 'broken'
              ? t('promise.broken')
              : promise.source === 'claim-core'
                ? t('promise.byCore')
                : t('promise.by', { name: promise.owner?.name ?? '' })}
          </p>
        </div>
        <ClockPill at={promise.due} kind="promise" />
        {mayWrite && (
          <>
            <Button
              size="xs"
              px={8}
              loading={settle.isPending}
              onClick={end('keep')}
              leftSection={<IconCircleCheck size={14} stroke={1.8} />}
            >
              {t('promise.keep')}
            </Button>
            <Button size="xs" px={8} variant="subtle" color="gray" disabled={settle.isPending} onClick={end('cancel')}>
              {t('promise.cancel')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
