import { Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBeach } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMyself, useSetPresence } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { toast, useMayWrite } from '../../ui';
import { AbsenceDialog } from './absence-dialog';
import styles from './presence-menu.module.css';

const STATES = ['online', 'busy', 'away'] as const;

/** Whether I take work, and when I am away. */
export function PresenceMenu() {
  const { t } = useTranslation('presence');
  const words = useWords();
  const myself = useMyself();
  const set = useSetPresence();
  const mayWrite = useMayWrite();
  const [absence, { open, close }] = useDisclosure(false);
  const now = myself?.presence ?? 'offline';
  const choose = (state: (typeof STATES)[number]) =>
    set.mutate({ state }, { onError: (error) => toast({ text: words.error(error), tone: 'danger' }) });
  useOffer([
    ...STATES.map(
      (state) =>
        mayWrite && {
          id: `presence.${state}`,
          title: t('set', { state: words.of('presence', state) }),
          section: t('title'),
          run: () => choose(state),
        },
    ),
    mayWrite && { id: 'presence.absence', title: t('absence.open'), section: t('title'), run: open },
  ]);
  if (!mayWrite) return null;
  return (
    <>
      <Menu position="right-end" width={240}>
        <Menu.Target>
          <button
            type="button"
            className={styles.button}
            aria-label={t('label', { state: words.of('presence', now) })}
            title={words.of('presence', now)}
          >
            <i className={styles.dot} data-presence={now} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('title')}</Menu.Label>
          <Menu.RadioGroup value={now} onChange={(value) => STATES.filter((state) => state === value).forEach(choose)}>
            {STATES.map((state) => (
              <Menu.RadioItem key={state} value={state}>
                <span className={styles.state}>
                  <i className={styles.dot} data-presence={state} aria-hidden />
                  <span>
                    {words.of('presence', state)}
                    <span className={styles.hint}>{t(`hint.${state}`)}</span>
                  </span>
                </span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          {myself && (
            <>
              <Menu.Divider />
              <Menu.Label>{t('load', { used: myself.used, capacity: myself.capacity })}</Menu.Label>
            </>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconBeach size={16} stroke={1.6} aria-hidden />} onClick={open}>
            {t('absence.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <AbsenceDialog opened={absence} onClose={close} />
    </>
  );
}
