import type { ConsentAct } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconDownload, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { consentExport, useConsent, useSendPreferencesLink } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { Chip, ErrorState, PanelSection, SkeletonRows, toast, useDates, useMayWrite } from '../../ui';
import styles from './consent-history.module.css';

/** Who said what about being written to, when, by which channel, and what it changed; as a file too. */
export function ConsentHistory({ contact }: { readonly contact: string }) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const mayWrite = useMayWrite();
  const { data, error, refetch } = useConsent(contact);
  const link = useSendPreferencesLink(contact);
  const send = () =>
    void link.mutateAsync().then(
      () => toast({ text: t('consent.linkSent') }),
      (problem: unknown) => toast({ text: words.error(problem), tone: 'danger' }),
    );
  return (
    <PanelSection title={t('consent.title')}>
      <div className={styles.tools}>
        {mayWrite && (
          <Button size="xs" leftSection={<IconSend size={14} stroke={1.6} />} loading={link.isPending} onClick={send}>
            {t('consent.sendLink')}
          </Button>
        )}
        {(['csv', 'json'] as const).map((format) => (
          <Button
            key={format}
            component="a"
            href={consentExport(contact, format)}
            download
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconDownload size={14} stroke={1.6} />}
          >
            {t('consent.export', { format: format.toUpperCase() })}
          </Button>
        ))}
      </div>
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !data && <SkeletonRows count={2} />}
      {data?.history.length === 0 && <p className={styles.none}>{t('consent.none')}</p>}
      <ol className={styles.acts}>
        {data?.history.map((act, place) => (
          <Act key={`${act.at} ${place}`} act={act} />
        ))}
      </ol>
    </PanelSection>
  );
}

function Act({ act }: { readonly act: ConsentAct }) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const dates = useDates();
  return (
    <li className={styles.act}>
      <p className={styles.head}>
        <Chip tone={act.state === 'opted-out' ? 'danger' : 'good'}>{t(`consent.state.${act.state}`)}</Chip>
        <span>{act.by ? t('consent.byPerson', { name: act.by }) : t(`consent.source.${act.source}`, { defaultValue: act.source })}</span>
        <time dateTime={act.at} className={styles.when}>
          {dates.moment(act.at)}
        </time>
      </p>
      {act.words !== null && (
        <blockquote className={styles.words}>
          {act.conversationId ? <GoLink href={hrefs.conversation(act.conversationId)}>{act.words}</GoLink> : act.words}
        </blockquote>
      )}
      <ul className={styles.changed}>
        {act.changed.map(({ address, channel, purposes }) => (
          <li key={`${address} ${channel}`}>
            {[words.channel(channel), address].join(' · ')}:{' '}
            {purposes.map((purpose) => t(`consent.purpose.${purpose}`)).join(t('consent.and'))}
          </li>
        ))}
      </ul>
      {act.textVersion && <p className={styles.none}>{t('consent.version', { version: act.textVersion })}</p>}
    </li>
  );
}
