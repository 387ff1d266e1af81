import type { Composer, ComposerChannel } from '@claimline/protocol';
import { ActionIcon, Button, FileButton, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPaperclip, IconSlash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeysLabel } from '../../commands';
import { useWords } from '../../locales';
import type { Obstacle } from './composer-rules';
import styles from './composer.module.css';
import { LaterMenu } from './later-menu';
import type { DraftState } from './use-writing';

interface ToolsProps {
  readonly note: boolean;
  readonly channel: ComposerChannel | undefined;
  readonly draft: DraftState;
  readonly obstacle: Obstacle | null;
  readonly onFiles: (files: Iterable<File>) => void;
  readonly onSlash: () => void;
  readonly onSend: (goOn: boolean) => void;
  readonly zones: Composer['zones'];
  readonly onLater: (at: number) => void;
}

// Brown enough for white words on it, in the light and in the dark.
const NOTE = '#80550a';

/** Below the text: files, templates, whether the draft is safe, and sending. */
export function ComposerTools({ note, channel, draft, obstacle, onFiles, onSlash, onSend, zones, onLater }: ToolsProps) {
  const { t } = useTranslation('composer');
  const words = useWords();
  const noFiles = !note && channel !== undefined && !channel.files;
  const name = note ? t('saveNote') : channel ? t('sendOn', { channel: words.channel(channel.channel) }) : t('send');
  const blocked = obstacle !== null && obstacle !== 'empty';
  return (
    <div className={styles.tools}>
      <FileButton multiple onChange={onFiles} disabled={noFiles}>
        {(props) => (
          <Tooltip label={noFiles ? t('obstacle.files') : t('addFiles')}>
            <ActionIcon {...props} aria-label={t('addFiles')} disabled={noFiles}>
              <IconPaperclip size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
      </FileButton>
      {!note && (
        <Tooltip label={t('templates')}>
          <ActionIcon aria-label={t('templates')} onClick={onSlash}>
            <IconSlash size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      <span className={styles.draft} role="status">
        {blocked ? <span className={styles.obstacle}>{t(`obstacle.${obstacle}`)}</span> : draft === 'none' ? '' : t(`draft.${draft}`)}
      </span>
      <Button.Group>
        <Button variant="filled" color={note ? NOTE : undefined} disabled={obstacle !== null} onClick={() => onSend(false)}>
          {name}
        </Button>
        <Menu position="top-end" width={310}>
          <Menu.Target>
            <Button
              variant="filled"
              color={note ? NOTE : undefined}
              px={6}
              aria-label={t('sendMore')}
              disabled={obstacle !== null}
              className={styles.split}
            >
              <IconChevronDown size={14} stroke={2} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item rightSection={<KeysLabel keys="mod+enter" />} onClick={() => onSend(false)}>
              {t('send')}
            </Menu.Item>
            <Menu.Item rightSection={<KeysLabel keys="mod+shift+enter" />} onClick={() => onSend(true)}>
              {t('sendNext')}
            </Menu.Item>
            {!note && <Menu.Divider />}
            {!note && <LaterMenu zones={zones} onLater={onLater} />}
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
    </div>
  );
}
