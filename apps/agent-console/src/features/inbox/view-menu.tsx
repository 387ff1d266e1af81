import { VIEWS, type View } from '@claimline/protocol';
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useViewCounts } from '../../client';
import { hrefs, useGo } from '../../navigation';
import styles from './conversation-list.module.css';

/** Which list: every view with its live count. */
export function ViewMenu({ view }: { readonly view: View }) {
  const { t } = useTranslation('inbox');
  const go = useGo();
  const counts = useViewCounts().data?.views;
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className={styles.view} data-testid="view-menu">
          <h1>{t(`view.${view}`)}</h1>
          {counts && <span className={styles.count}>{counts[view]}</span>}
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {VIEWS.map((one) => (
          <Menu.Item
            key={one}
            leftSection={
              one === view ? <IconCheck size={14} aria-hidden="true" /> : <span style={{ display: 'inline-block', width: 14 }} />
            }
            rightSection={<span className={styles.count}>{counts?.[one] ?? ''}</span>}
            aria-current={one === view ? 'true' : undefined}
            onClick={() => go(hrefs.inbox(one))}
          >
            {t(`view.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
