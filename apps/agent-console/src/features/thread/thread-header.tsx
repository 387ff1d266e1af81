import type { Conversation } from '@claimline/protocol';
import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconLayoutSidebarRight, IconRotate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useViewers, useMe } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { Avatar, Chip, ClockPill, useMayWrite } from '../../ui';
import { AssignMenu } from './assign-menu';
import { MoreMenu } from './more-menu';
import { SnoozeMenu } from './snooze-menu';
import styles from './thread-header.module.css';
import { useDeeds } from './use-deeds';

interface HeaderProps {
  readonly id: string;
  readonly conversation: Conversation | undefined;
  readonly onDone: () => void;
  readonly onBack: (() => void) | null;
  readonly details: { readonly shown: boolean; readonly toggle: () => void };
}

function Viewers({ id }: { readonly id: string }) {
  const { t } = useTranslation('thread');
  const me = useMe().data?.id;
  const others = useViewers(id).filter((one) => one.id !== me);
  if (others.length === 0) return null;
  const names = others.map((one) => one.name).join(', ');
  return (
    <Tooltip label={t('viewers', { count: others.length, names })}>
      <span className={styles.viewers} role="img" aria-label={t('viewers', { count: others.length, names })}>
        {others.slice(0, 3).map((one) => (
          <Avatar key={one.id} name={one.name} size={22} />
        ))}
      </span>
    </Tooltip>
  );
}

function About({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const { contact, claim, nextDue } = conversation;
  return (
    <div className={styles.about}>
      <h2 className={styles.name}>
        <GoLink href={hrefs.customer(contact.id)}>{contact.name}</GoLink>
      </h2>
      {claim ? (
        <GoLink href={hrefs.claim(claim.number)} className={styles.claim}>
          {claim.number}
        </GoLink>
      ) : (
        <span className={styles.noClaim}>{t('noClaim')}</span>
      )}
      {claim && <Chip>{words.stage(claim.stage)}</Chip>}
      {conversation.status !== 'open' && <Chip tone="accent">{t(`status.${conversation.status}`)}</Chip>}
      {nextDue && conversation.status === 'open' && <ClockPill {...nextDue} />}
    </div>
  );
}

/** Who, about what, how long still, whose, and what can be done with it. */
export function ThreadHeader({ id, conversation, onDone, onBack, details }: HeaderProps) {
  const { t } = useTranslation('thread');
  const mayWrite = useMayWrite();
  const deeds = useDeeds(id, conversation, onDone);
  const open = conversation?.status === 'open';
  useOffer([
    mayWrite &&
      conversation !== undefined && {
        id: 'conversation.resolve',
        title: open ? t('resolve') : t('reopen'),
        section: t('section'),
        keys: 'e',
        run: open ? deeds.resolve : deeds.reopen,
      },
    { id: 'conversation.details', title: t('details'), section: t('section'), keys: 'i', run: details.toggle },
  ]);
  return (
    <header className={styles.header}>
      {onBack && (
        <ActionIcon aria-label={t('back')} onClick={onBack} size={32}>
          <IconArrowLeft size={20} stroke={1.7} />
        </ActionIcon>
      )}
      {conversation ? (
        <About conversation={conversation} />
      ) : (
        <Skeleton height={12} width={220} radius="xl" style={{ marginRight: 'auto' }} />
      )}
      <div className={styles.tools}>
        <Viewers id={id} />
        {mayWrite && conversation && (
          <>
            <AssignMenu conversation={conversation} onAssign={deeds.assign} />
            {open && <SnoozeMenu onSnooze={deeds.snooze} />}
            {open ? (
              <Button className={styles.wide} leftSection={<IconCheck size={15} stroke={2} />} onClick={deeds.resolve}>
                {t('resolve')}
              </Button>
            ) : (
              <Button className={styles.wide} leftSection={<IconRotate size={15} stroke={1.8} />} onClick={deeds.reopen}>
                {t('reopen')}
              </Button>
            )}
          </>
        )}
        {conversation && <MoreMenu conversation={conversation} mayWrite={mayWrite} deeds={deeds} />}
        <Tooltip label={t('details')}>
          <ActionIcon aria-label={t('details')} aria-pressed={details.shown} onClick={details.toggle}>
            <IconLayoutSidebarRight size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}
