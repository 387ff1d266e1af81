import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { signOut, tellSignedOut, useMe, useUpdateMe, useWaitingCount } from '../client';
import { runCommand } from '../commands';
import { speak, type Locale } from '../locales';
import { Avatar } from '../ui';
import styles from './account-menu.module.css';
import { forgetSession } from './session';

const LANGUAGES: readonly (readonly [Locale, string])[] = [
  ['en', 'English'],
  ['zh-CN', '简体中文'],
];
const SCHEMES = [
  ['auto', IconDeviceDesktop],
  ['light', IconSun],
  ['dark', IconMoon],
] as const;

/** Me: language, appearance, keys, out. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe().data;
  const update = useUpdateMe();
  const waiting = useWaitingCount();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const tick = (on: boolean) => (on ? <IconCheck size={14} aria-hidden="true" /> : null);
  const choose = (locale: Locale) => {
    void speak(locale);
    update.mutate({ locale });
  };
  const leave = async () => {
    if (waiting > 0 && !window.confirm(t('account.signOutWaiting'))) return;
    await signOut().catch(() => undefined);
    forgetSession();
    tellSignedOut();
  };
  if (!me) return null;
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <button type="button" className={styles.me} aria-label={t('account.menu', { name: me.name })}>
          <Avatar name={me.name} size={30} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <strong>{me.name}</strong>
          <span>{me.email}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t('account.language')}</Menu.Label>
        {LANGUAGES.map(([locale, name]) => (
          <Menu.Item key={locale} lang={locale} rightSection={tick(i18n.language === locale)} onClick={() => choose(locale)}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Label>{t('account.appearance')}</Menu.Label>
        {SCHEMES.map(([scheme, Icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={15} stroke={1.6} aria-hidden="true" />}
            rightSection={tick(colorScheme === scheme)}
            onClick={() => setColorScheme(scheme satisfies MantineColorScheme)}
          >
            {t(`account.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={15} stroke={1.6} aria-hidden="true" />} onClick={() => runCommand('help.keys')}>
          {t('account.keys')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} stroke={1.6} aria-hidden="true" />} onClick={() => void leave()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
