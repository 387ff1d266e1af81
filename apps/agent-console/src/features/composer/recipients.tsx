import type { ComposerChannel } from '@claimline/protocol';
import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertTriangle, IconPlus, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './composer.module.css';
import { recipientsOf, type Writing } from './composer-rules';

interface RecipientsProps {
  readonly channel: ComposerChannel;
  readonly writing: Writing;
  readonly onChange: (part: Pick<Partial<Writing>, 'to' | 'cc'>) => void;
}

interface PersonProps {
  readonly value: string;
  readonly name: string | null;
  readonly verified?: boolean;
  readonly isNew?: boolean;
  readonly onRemove?: () => void;
}

function Person({ value, name, verified, isNew, onRemove }: PersonProps) {
  const { t } = useTranslation('composer');
  return (
    <span className={styles.person} data-new={isNew || undefined} title={name ?? undefined}>
      {verified && <IconCircleCheck size={13} stroke={1.8} aria-label={t('verified')} role="img" />}
      {isNew && <IconAlertTriangle size={13} stroke={1.8} aria-label={t('isNew')} role="img" />}
      {value}
      {onRemove && (
        <ActionIcon size={18} aria-label={t('remove', { name: value })} onClick={onRemove}>
          <IconX size={11} />
        </ActionIcon>
      )}
    </span>
  );
}

/** Who will get it, always in sight. Others of the thread are never added by themselves, only by choice. */
export function Recipients({ channel, writing, onChange }: RecipientsProps) {
  const { t } = useTranslation('composer');
  const to = recipientsOf(writing, channel);
  const known = new Map(channel.recipients.map((one) => [one.value, one]));
  const others = [
    ...channel.recipients.filter((one) => !to.includes(one.value)),
    ...channel.cc.filter((one) => !writing.cc.includes(one.value) && !to.includes(one.value)),
  ];
  const many = channel.recipients.length + channel.cc.length > 1;
  const back = (value: string) => (known.has(value) ? onChange({ to: [...to, value] }) : onChange({ cc: [...writing.cc, value] }));
  return (
    <div className={styles.recipients} aria-label={t('recipients')} role="group">
      <span className={styles.quiet}>{t('to')}</span>
      {to.length === 0 && <span className={styles.nobody}>{t('nobody')}</span>}
      {to.map((value) => (
        <Person
          key={value}
          value={value}
          name={known.get(value)?.name ?? null}
          verified={known.get(value)?.verified}
          isNew={known.get(value)?.isNew}
          onRemove={many ? () => onChange({ to: to.filter((one) => one !== value) }) : undefined}
        />
      ))}
      {writing.cc.length > 0 && <span className={styles.quiet}>{t('cc')}</span>}
      {writing.cc.map((value) => (
        <Person key={value} value={value} name={null} onRemove={() => onChange({ cc: writing.cc.filter((one) => one !== value) })} />
      ))}
      {channel.leftOut.map(({ value, reason }) => (
        <span key={value} className={styles.quiet} title={t('leftOutHint')}>
          {t(`leftOutBecause.${reason}`, { value })}
        </span>
      ))}
      {others.length > 0 && (
        <Menu position="top-start" width={280}>
          <Menu.Target>
            <button type="button" className={styles.add}>
              <IconPlus size={12} aria-hidden="true" /> {t('addPeople', { count: others.length })}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('leftOut')}</Menu.Label>
            {others.map((one) => (
              <Menu.Item key={one.value} onClick={() => back(one.value)}>
                {one.name ? `${one.name} · ${one.value}` : one.value}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
