import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClockPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow } from '../../client';
import { useOffer } from '../../commands';
import { dayAndTime } from '../../ui';
import { snoozeChoices } from './snooze-choices';
import styles from './thread-header.module.css';

/** Put away until later: the usual times, or any. */
export function SnoozeMenu({ onSnooze }: { readonly onSnooze: (until: number) => void }) {
  const { t, i18n } = useTranslation('thread');
  const [opened, { open, close, toggle }] = useDisclosure(false);
  const [own, setOwn] = useState('');
  useOffer([{ id: 'conversation.snooze', title: t('snooze'), section: t('section'), keys: 's', run: open }]);
  const now = hubNow();
  const ownAt = Date.parse(own);
  const choose = (until: number) => {
    close();
    onSnooze(until);
  };
  return (
    <Menu opened={opened} onChange={toggle} onClose={close} position="bottom-end" width={310} trapFocus>
      <Menu.Target>
        <Tooltip label={t('snooze')}>
          <ActionIcon aria-label={t('snooze')} variant="default" size={30} onClick={toggle}>
            <IconClockPause size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('snoozeUntil')}</Menu.Label>
        {snoozeChoices(now).map((choice) => (
          <Menu.Item
            key={choice.name}
            rightSection={<span className={styles.load}>{dayAndTime(choice.at, now, i18n.language)}</span>}
            onClick={() => choose(choice.at)}
          >
            {t(`snoozeChoice.${choice.name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <form
          className={styles.own}
          onSubmit={(event) => {
            event.preventDefault();
            if (ownAt > now) choose(ownAt);
          }}
        >
          <TextInput
            type="datetime-local"
            aria-label={t('snoozeOwn')}
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!(ownAt > now)}>
            {t('ok')}
          </Button>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
