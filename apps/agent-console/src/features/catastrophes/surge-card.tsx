import type { Catastrophes } from '@claimline/protocol';
import { Button, Menu } from '@mantine/core';
import { IconMessageForward } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hubNow, useSwitchSurge } from '../../client';
import { useWords } from '../../locales';
import { dayAndTime, toast, useMaySupervise } from '../../ui';
import styles from './catastrophes.module.css';

/** The acknowledgement for days on which nobody can answer in time: what it says, who switched it, on or off in two clicks. */
export function SurgeCard({ surge, items }: Catastrophes) {
  const { t, i18n } = useTranslation('catastrophes');
  const words = useWords();
  const mayChange = useMaySupervise();
  const change = useSwitchSurge();
  const failed = { onError: (error: unknown) => void toast({ text: words.error(error), tone: 'danger' }) };
  const on = (catastrophe: string | null) => change.mutate({ on: true, catastrophe }, failed);
  const scope = items.find(({ tag }) => tag === surge.catastrophe)?.name ?? surge.catastrophe;
  const since = surge.since && dayAndTime(Date.parse(surge.since), hubNow(), i18n.language);
  const wait = surge.waitHours === null ? t('surge.noWait') : t('surge.wait', { count: surge.waitHours });
  return (
    <section className={styles.card} data-on={surge.on || undefined} aria-label={t('surge.title')}>
      <div className={styles.head}>
        <IconMessageForward size={18} stroke={1.6} aria-hidden="true" />
        <h2>{surge.on ? t('surge.isOn') : t('surge.title')}</h2>
        {mayChange && (
          <Menu position="bottom-end" width={280}>
            <Menu.Target>
              <Button variant={surge.on ? 'default' : 'filled'} loading={change.isPending}>
                {surge.on ? t('surge.off') : t('surge.on')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {surge.on ? (
                <Menu.Item onClick={() => change.mutate({ on: false }, failed)}>{t('surge.offNow')}</Menu.Item>
              ) : (
                <>
                  <Menu.Item onClick={() => on(null)}>{t('surge.forAll')}</Menu.Item>
                  {items
                    .filter(({ state }) => state === 'open')
                    .map(({ tag, name }) => (
                      <Menu.Item key={tag} onClick={() => on(tag)}>
                        {t('surge.forOne', { name })}
                      </Menu.Item>
                    ))}
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <p className={styles.text}>{wait}</p>
      <p className={styles.text}>
        {surge.on
          ? t('surge.since', { name: surge.by?.name ?? '', at: since, scope: scope ?? t('surge.everything'), count: surge.acknowledged })
          : t('surge.text', { count: surge.waiting })}
      </p>
    </section>
  );
}
