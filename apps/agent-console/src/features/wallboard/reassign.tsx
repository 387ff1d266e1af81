import { Button, Menu } from '@mantine/core';
import { IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAssign, usePeople } from '../../client';
import { useWords } from '../../locales';
import { Avatar, toast } from '../../ui';
import { peopleInOrder } from './figures';
import styles from './wallboard.module.css';

interface ReassignProps {
  readonly conversations: readonly { readonly id: string; readonly assignee: { readonly id: string } | null }[];
  readonly onDone: () => void;
  /** What a reader hears where the button is small. */
  readonly label?: string;
  readonly small?: boolean;
}

/** Gives conversations to somebody, or back to the router; one step takes it back. */
export function Reassign({ conversations, onDone, label, small = false }: ReassignProps) {
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
  const icon = <IconUserShare size={14} stroke={1.8} aria-hidden="true" />;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button
          size="xs"
          variant={small ? 'default' : undefined}
          px={small ? 8 : undefined}
          disabled={conversations.length === 0}
          loading={assign.isPending}
          leftSection={small ? undefined : icon}
          aria-label={label}
        >
          {small ? icon : t('risk.reassign', { count: conversations.length })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        <Menu.Item onClick={() => void give(null)}>{t('router')}</Menu.Item>
        <Menu.Divider />
        {peopleInOrder(people)
          .filter((one) => one.absentUntil === null)
          .map((one) => (
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
