import type { Conversation } from '@claimline/protocol';
import { Button, Menu, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, usePeople } from '../../client';
import { useOffer } from '../../commands';
import { Avatar } from '../../ui';
import styles from './thread-header.module.css';
import type { Deeds } from './use-deeds';

interface AssignMenuProps {
  readonly conversation: Conversation;
  readonly onAssign: Deeds['assign'];
}

/** Whose it is, and who else could take it: presence and load beside every name. */
export function AssignMenu({ conversation, onAssign }: AssignMenuProps) {
  const { t } = useTranslation('thread');
  const me = useMe().data;
  const people = usePeople().data?.items ?? [];
  const [opened, { open, close, toggle }] = useDisclosure(false);
  const [q, setQ] = useState('');
  useOffer([{ id: 'conversation.assign', title: t('assign'), section: t('section'), keys: 'a', run: open }]);
  const workers = people.filter((one) => one.role === 'adjuster' || one.role === 'supervisor');
  const found = workers.filter((one) => one.name.toLowerCase().includes(q.trim().toLowerCase()));
  // Me first: taking it oneself is what this menu is opened for most.
  const ordered = [...found].sort(
    (a, b) => Number(b.id === me?.id) - Number(a.id === me?.id) || Number(b.presence === 'online') - Number(a.presence === 'online'),
  );
  const choose = (to: { id: string; name: string } | null) => {
    close();
    setQ('');
    if ((to?.id ?? null) !== (conversation.assignee?.id ?? null)) onAssign(to);
  };
  const name = conversation.assignee?.name ?? t('unassigned');
  return (
    <Menu opened={opened} onChange={toggle} onClose={close} position="bottom-end" width={264} trapFocus>
      <Menu.Target>
        <Button aria-label={t('assigneeIs', { name })} px={8}>
          <span className={styles.assignee}>
            {conversation.assignee ? <Avatar name={name} size={18} /> : <IconUser size={15} stroke={1.7} aria-hidden="true" />}
            <span className={styles.assigneeName}>{name}</span>
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <TextInput
          data-autofocus
          m={4}
          placeholder={t('findPerson')}
          aria-label={t('findPerson')}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          onKeyDown={(event) => {
            const first = ordered[0];
            if (event.key === 'Enter' && first && !event.nativeEvent.isComposing) choose(first);
          }}
        />
        <div className={styles.menu}>
          {ordered.map((one) => (
            <Menu.Item
              key={one.id}
              leftSection={<Avatar name={one.name} size={22} presence={one.presence} />}
              rightSection={<span className={styles.load}>{one.absentUntil ? t('absent') : `${one.used}/${one.capacity}`}</span>}
              aria-current={one.id === conversation.assignee?.id ? 'true' : undefined}
              onClick={() => choose(one)}
            >
              {one.id === me?.id ? t('meNamed', { name: one.name }) : one.name}
            </Menu.Item>
          ))}
        </div>
        {conversation.assignee && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconArrowBackUp size={16} stroke={1.6} />} onClick={() => choose(null)}>
              {t('giveBack')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
