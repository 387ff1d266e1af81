import type { Composer, ComposerChannel } from '@claimline/protocol';
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { ChannelIcon } from '../../ui';
import styles from './composer.module.css';

interface ChannelMenuProps {
  readonly composer: Composer;
  readonly channel: ComposerChannel | undefined;
  readonly note: boolean;
  readonly onChannel: (kind: string) => void;
  readonly onNote: () => void;
}

/** On which channel it goes; what cannot is grey and says why. */
export function ChannelMenu({ composer, channel, note, onChannel, onNote }: ChannelMenuProps) {
  const { t } = useTranslation('composer');
  const words = useWords();
  const name = note ? t('note') : channel ? words.channel(channel.channel) : t('noChannel');
  return (
    <Menu position="top-start" width={280}>
      <Menu.Target>
        <button type="button" className={styles.channel} aria-label={t('channelIs', { name })}>
          {note ? (
            <IconNote size={15} stroke={1.8} aria-hidden="true" />
          ) : (
            channel && <ChannelIcon kind={channel.channel} size={15} silent />
          )}
          {name}
          <IconChevronDown size={13} stroke={2} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {composer.channels.map((one) => (
          <Menu.Item
            key={one.channel}
            leftSection={<ChannelIcon kind={one.channel} size={16} silent />}
            rightSection={!note && one.channel === channel?.channel ? <IconCheck size={14} aria-hidden="true" /> : null}
            disabled={!one.able}
            onClick={() => onChannel(one.channel)}
          >
            {words.channel(one.channel)}
            {one.channel === composer.preferred && <span className={styles.quiet}> · {t('usedLast')}</span>}
            {!one.able && one.reason && <span className={styles.why}>{words.reason(one.reason)}</span>}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconNote size={16} stroke={1.6} />}
          rightSection={note ? <IconCheck size={14} aria-hidden="true" /> : null}
          onClick={onNote}
        >
          {t('noteLong')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
