import type { ConversationItem } from '@claimline/protocol';
import { Button, Checkbox, Menu } from '@mantine/core';
import { IconUserShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAssign, usePeople } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { Avatar, ChannelIcon, ClockPill, PanelSection, toast, useMaySupervise } from '../../ui';
import { peopleInOrder } from './figures';
import styles from './wallboard.module.css';

interface RiskListProps {
  readonly over: readonly ConversationItem[];
  readonly soon: readonly ConversationItem[];
}

/** The deadlines that are over or nearly so, to be given to somebody else together. */
export function RiskList({ over, soon }: RiskListProps) {
  const { t } = useTranslation('wallboard');
  const maySupervise = useMaySupervise();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = [...over, ...soon];
  const picked = all.filter((one) => chosen.has(one.id));
  const toggle = (id: string) => setChosen((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  const aside = maySupervise && all.length > 0 && (
    <>
      <Checkbox
        size="xs"
        label={t('risk.all')}
        checked={picked.length === all.length}
        indeterminate={picked.length > 0 && picked.length < all.length}
        onChange={(event) => setChosen(new Set(event.currentTarget.checked ? all.map((one) => one.id) : []))}
      />
      <Reassign conversations={picked} onDone={() => setChosen(new Set())} />
    </>
  );
  return (
    <div id="risk">
      <PanelSection title={t('risk.title', { count: all.length })} aside={aside}>
        {all.length === 0 && <p className={styles.good}>{t('risk.none')}</p>}
        <ul className={styles.rows}>
          {all.map((one) => (
            <li key={one.id} className={styles.risk}>
              {maySupervise && (
                <Checkbox
                  size="xs"
                  aria-label={t('risk.choose', { name: one.contact.name })}
                  checked={chosen.has(one.id)}
                  onChange={() => toggle(one.id)}
                />
              )}
              <ChannelIcon kind={one.channel} size={16} />
              <GoLink href={hrefs.conversation(one.id)} className={styles.link}>
                <span className={styles.strong}>{one.contact.name}</span>
                <span className={styles.quiet}>{[one.claim?.number, one.assignee?.name ?? t('nobody')].filter(Boolean).join(' · ')}</span>
              </GoLink>
              {one.nextDue && <ClockPill at={one.nextDue.at} kind={one.nextDue.kind} breached={one.nextDue.breached} />}
            </li>
          ))}
        </ul>
      </PanelSection>
    </div>
  );
}

function Reassign({ conversations, onDone }: { readonly conversations: readonly ConversationItem[]; readonly onDone: () => void }) {
  const { t } = useTranslation('wallboard');
  const words = useWords();
  // Who configures or audits answers nobody.
  const people = (usePeople().data?.items ?? []).filter((one) => one.role === 'adjuster' || one.role === 'supervisor');
  const assign = useAssign();
  const give = async (to: { id: string; name: string } | null) => {
    const before = conversations.map(({ id, assignee }) => ({ id, assignee: assignee?.id ?? null }));
    const results = await Promise.allSettled(before.map(({ id }) => assign.mutateAsync({ id, assignee: to?.id ?? null })));
    const failed = results.filter((one): one is PromiseRejectedResult => one.status === 'rejected');
    const done = before.filter((_, at) => results[at]?.status === 'fulfilled');
    onDone();
    if (failed[0]) toast({ text: t('risk.failed', { count: failed.length, reason: words.error(failed[0].reason) }), tone: 'danger' });
    if (done.length === 0) return;
    const undo = { label: t('undo'), run: () => done.forEach((one) => assign.mutate(one)) };
    toast({ text: t('risk.given', { count: done.length, name: to?.name ?? t('router') }), action: undo });
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button
          size="xs"
          disabled={conversations.length === 0}
          loading={assign.isPending}
          leftSection={<IconUserShare size={14} stroke={1.8} />}
        >
          {t('risk.reassign', { count: conversations.length })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        <Menu.Item onClick={() => void give(null)}>{t('router')}</Menu.Item>
        <Menu.Divider />
        {peopleInOrder(people).map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={<Avatar name={one.name} size={20} presence={one.presence} />}
            rightSection={<span className={styles.quiet}>{`${one.used}/${one.capacity}`}</span>}
            onClick={() => void give(one)}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
