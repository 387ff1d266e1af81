import type { Catastrophe } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useChangeCatastrophe } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { Chip, toast, useMaySupervise } from '../../ui';
import styles from './catastrophes.module.css';
import { DuplicateGroups } from './duplicate-groups';

function Figure({
  name,
  value,
  href,
  tone,
}: {
  readonly name: string;
  readonly value: number;
  readonly href?: string;
  readonly tone?: 'danger';
}) {
  const content = (
    <>
      <b data-tone={value > 0 ? tone : undefined}>{value}</b>
      <span>{name}</span>
    </>
  );
  return href ? (
    <GoLink className={styles.figure} href={href}>
      {content}
    </GoLink>
  ) : (
    <div className={styles.figure}>{content}</div>
  );
}

/** One event with what stands at it; each figure leads to what it counts. */
export function CatastropheCard({ event }: { readonly event: Catastrophe }) {
  const { t } = useTranslation('catastrophes');
  const words = useWords();
  const mayChange = useMaySupervise();
  const change = useChangeCatastrophe();
  const [opened, { toggle }] = useDisclosure(false);
  const list = (more: string): string => hrefs.inbox('all', `?catastrophe=${encodeURIComponent(event.tag)}${more}`);
  const { figures } = event;
  const set = (state: 'open' | 'closed') =>
    change.mutate(
      { id: event.id, state },
      {
        onSuccess: () =>
          toast({
            text: t(`state.${state}`, { name: event.name }),
            action: { label: t('undo'), run: () => set(state === 'open' ? 'closed' : 'open') },
          }),
        onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
      },
    );
  const where = [event.area, event.jurisdictions.join(', '), `${event.startsOn} – ${event.endsOn ?? t('ongoing')}`].filter(Boolean);
  return (
    <section className={styles.card} aria-label={event.name}>
      <div className={styles.head}>
        <h2>{event.name}</h2>
        <Chip>{t(`peril.${event.peril}`)}</Chip>
        <Chip>{event.tag}</Chip>
        {event.state === 'closed' && <Chip tone="warn">{t('closed')}</Chip>}
        {mayChange && (
          <Button onClick={() => set(event.state === 'open' ? 'closed' : 'open')}>
            {event.state === 'open' ? t('close') : t('reopen')}
          </Button>
        )}
      </div>
      <p className={styles.text}>
        {where.join(' · ')}
        {event.byRule && ` · ${t('byRule')}`}
      </p>
      <div className={styles.figures}>
        <Figure name={t('figure.injuries')} value={figures.injuries} tone="danger" href={list('&label=injury&awaiting=true')} />
        <Figure name={t('figure.waiting')} value={figures.waiting} href={list('&awaiting=true')} />
        <Figure name={t('figure.open')} value={figures.open} href={list('')} />
        <Figure name={t('figure.claims')} value={figures.claims} />
        <Figure name={t('figure.duplicates')} value={figures.duplicates} href={list('&label=possible-duplicate')} />
        <Figure name={t('figure.told')} value={figures.told} />
        <Figure name={t('figure.notTold')} value={figures.notTold} tone="danger" />
      </div>
      {figures.duplicates > 0 && (
        <>
          <div>
            <Button variant="subtle" aria-expanded={opened} onClick={toggle}>
              {t('duplicates.title')}
            </Button>
          </div>
          {opened && <DuplicateGroups tag={event.tag} />}
        </>
      )}
    </section>
  );
}
