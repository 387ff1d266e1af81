import type { BulkAct } from '@claimline/protocol';
import { Button, Menu, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconClockPause, IconMessage, IconTag, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useConversationTotal, useLabels, useMe, usePeople } from '../../client';
import { useWords } from '../../locales';
import { Avatar } from '../../ui';
import styles from './bulk-bar.module.css';
import { BulkReply } from './bulk-reply';
import type { Selection } from './selection';
import type { ListPlace } from './use-bulk';

type Act = (act: BulkAct) => void;

/** Whoever is away comes last, then those who take no conversations; who is online comes first. */
const suitability = (one: { readonly absentUntil: string | null; readonly capacity: number; readonly presence: string }): number =>
  (one.absentUntil ? 0 : 4) + (one.capacity > 0 ? 2 : 0) + (one.presence === 'online' ? 1 : 0);

function AssignMany({ act }: { readonly act: Act }) {
  const { t } = useTranslation('bulk');
  const me = useMe().data;
  const [q, setQ] = useState('');
  const people = (usePeople().data?.items ?? []).filter((one) => !['auditor', 'integration', 'administrator'].includes(one.role));
  const found = people
    .filter((one) => one.name.toLowerCase().includes(q.trim().toLowerCase()))
    .sort((a, b) => suitability(b) - suitability(a) || a.used - b.used);
  return (
    <Menu position="top-start" width={264} trapFocus>
      <Menu.Target>
        <Button leftSection={<IconUserPlus size={15} aria-hidden="true" />} px={8}>
          {t('assign')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        <TextInput
          m={4}
          data-autofocus
          aria-label={t('findPerson')}
          placeholder={t('findPerson')}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        {found.map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={<Avatar name={one.name} size={22} presence={one.presence} />}
            rightSection={<span>{one.absentUntil ? t('absent') : `${one.used}/${one.capacity}`}</span>}
            onClick={() => act({ kind: 'assign', accountId: one.id })}
          >
            {one.id === me?.id ? t('me', { name: one.name }) : one.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => act({ kind: 'assign', accountId: null })}>{t('giveBack')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function TagMany({ act }: { readonly act: Act }) {
  const { t } = useTranslation('bulk');
  const words = useWords();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [own, setOwn] = useState('');
  const labels = useLabels(opened).data?.items ?? [];
  const add = own.trim();
  return (
    <Menu opened={opened} onChange={toggle} position="top-start" width={280} trapFocus closeOnItemClick>
      <Menu.Target>
        <Button leftSection={<IconTag size={15} aria-hidden="true" />} px={8}>
          {t('tag')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!add) return;
            close();
            act({ kind: 'tag', add: [add], remove: [] });
          }}
        >
          <TextInput
            m={4}
            data-autofocus
            aria-label={t('newLabel')}
            placeholder={t('newLabel')}
            maxLength={60}
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
        </form>
        {labels.slice(0, 12).map((label) => (
          <Menu.Item key={label} onClick={() => act({ kind: 'tag', add: [label], remove: [] })}>
            {t('addLabel', { label: words.label(label) })}
          </Menu.Item>
        ))}
        {labels.length > 0 && <Menu.Divider />}
        {labels.slice(0, 12).map((label) => (
          <Menu.Item key={label} onClick={() => act({ kind: 'tag', add: [], remove: [label] })}>
            {t('removeLabel', { label: words.label(label) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const SNOOZES = [1, 4, 24, 72];

function SnoozeMany({ act }: { readonly act: Act }) {
  const { t } = useTranslation('bulk');
  return (
    <Menu position="top-start" width={200}>
      <Menu.Target>
        <Button leftSection={<IconClockPause size={15} aria-hidden="true" />} px={8}>
          {t('snooze')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {SNOOZES.map((hours) => (
          <Menu.Item key={hours} onClick={() => act({ kind: 'snooze', until: new Date(hubNow() + hours * 3_600_000).toISOString() })}>
            {t('forHours', { count: hours })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface BarProps {
  readonly place: ListPlace;
  readonly selection: Selection;
  /** How many rows are on the screen. */
  readonly shown: number;
  readonly onEverything: (total: number) => void;
  readonly onClear: () => void;
  readonly act: Act;
}

/** What can be done to all chosen rows at once. */
export function BulkBar({ place, selection, shown, onEverything, onClear, act }: BarProps) {
  const { t } = useTranslation('bulk');
  const [replying, { open, close }] = useDisclosure(false);
  const allShown = selection.ids.length >= shown;
  const total = useConversationTotal(place.q ? 'all' : place.view, place.q, place.filter, allShown).data?.total;
  const count = selection.everything ? (total ?? selection.ids.length) : selection.ids.length;
  return (
    <div className={styles.bar} role="region" aria-label={t('bar')}>
      <div className={styles.line}>
        <span className={styles.count} role="status">
          {t('chosen', { count })}
        </span>
        {allShown && !selection.everything && total !== undefined && total > selection.ids.length && (
          <button type="button" className={styles.link} onClick={() => onEverything(total)}>
            {t('everything', { count: total })}
          </button>
        )}
        <button type="button" className={styles.link} onClick={onClear}>
          {t('clear')}
        </button>
      </div>
      <div className={styles.line}>
        <AssignMany act={act} />
        <TagMany act={act} />
        <Button leftSection={<IconMessage size={15} aria-hidden="true" />} px={8} onClick={open}>
          {t('reply')}
        </Button>
        <SnoozeMany act={act} />
        <Button leftSection={<IconCheck size={15} aria-hidden="true" />} px={8} onClick={() => act({ kind: 'resolve' })}>
          {t('resolve')}
        </Button>
      </div>
      {replying && <BulkReply place={place} selection={selection} count={count} act={act} onClose={close} />}
    </div>
  );
}
