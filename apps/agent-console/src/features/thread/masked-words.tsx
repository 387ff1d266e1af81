import { REVEAL_REASONS, type Message, type RevealedMessage } from '@claimline/protocol';
import { Button, Menu } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReveal } from '../../client';
import { useWords } from '../../locales';
import { useMayWrite } from '../../ui';
import styles from './message-entry.module.css';

/** Says that a number was taken out of a message, and shows it for a moment to those who may see it and say why. */
export function MaskedWords({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const mayWrite = useMayWrite();
  const reveal = useReveal(message.id);
  const [shown, show] = useState<RevealedMessage>();
  if (!message.masked?.length) return null;
  const kinds = message.masked.map((kind) => t(`masked.kind.${kind}`)).join(', ');
  if (shown)
    return (
      <div className={styles.revealed} role="status">
        {[shown.subject, shown.text].filter(Boolean).join('\n')}
        <Button size="compact-xs" variant="subtle" onClick={() => show(undefined)}>
          {t('masked.hide')}
        </Button>
      </div>
    );
  return (
    <span className={styles.masked}>
      <IconEyeOff size={13} stroke={1.8} aria-hidden="true" />
      {t('masked.found', { kinds })}
      {mayWrite && (
        <Menu>
          <Menu.Target>
            <Button size="compact-xs" variant="subtle" loading={reveal.isPending}>
              {t('masked.show')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('masked.why')}</Menu.Label>
            {REVEAL_REASONS.map((reason) => (
              <Menu.Item key={reason} onClick={() => reveal.mutate(reason, { onSuccess: show })}>
                {t(`masked.reason.${reason}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {reveal.isError && <span role="alert">{words.error(reveal.error)}</span>}
    </span>
  );
}
