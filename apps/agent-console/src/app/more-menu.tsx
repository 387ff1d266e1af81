import { Menu } from '@mantine/core';
import { IconDots, IconPencilPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../commands';
import { PresenceMenu } from '../features/presence';
import { useGo } from '../navigation';
import { useMayWrite } from '../ui';
import { AccountMenu } from './account-menu';
import type { Place } from './places';
import styles from './rail.module.css';

/** On a phone: the places that do not fit into the bar, with presence and account beside them. */
export function MoreMenu({ places }: { readonly places: readonly Place[] }) {
  const { t } = useTranslation();
  const go = useGo();
  const mayWrite = useMayWrite();
  return (
    <>
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <button type="button" className={styles.place}>
            <span className={styles.icon}>
              <IconDots size={20} stroke={1.6} aria-hidden="true" />
            </span>
            <span className={styles.label}>{t('rail.more')}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayWrite && (
            <Menu.Item leftSection={<IconPencilPlus size={16} stroke={1.6} />} onClick={() => runCommand('conversation.write-first')}>
              {t('rail.writeFirst')}
            </Menu.Item>
          )}
          {mayWrite && <Menu.Divider />}
          {places.map(({ name, href, icon: Icon, count }) => (
            <Menu.Item
              key={href}
              leftSection={<Icon size={16} stroke={1.6} />}
              rightSection={count ? <span className={styles.tally}>{count}</span> : null}
              onClick={() => go(href)}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <div className={styles.barEnd}>
        <PresenceMenu />
        <AccountMenu />
      </div>
    </>
  );
}
