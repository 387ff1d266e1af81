import { VIEWS, type View } from '@claimline/protocol';
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConversationTotal, useViewCounts, type ListFilter } from '../../client';
import { hrefs, useGo } from '../../navigation';
import styles from './conversation-list.module.css';

/** Which list: every view with its live count; a narrowed list says how many are left of how many. */
export function ViewMenu({ view, filter }: { readonly view: View; readonly filter: ListFilter }) {
  const { t } = useTranslation('inbox');
  const go = useGo();
  const counts = useViewCounts().data?.views;
  const narrowed = Object.keys(filter).length > 0;
  const left = useConversationTotal(view, '', filter, narrowed).data?.total;
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className={styles.view} data-testid="view-menu">
          <h1>{t(`view.${view}`)}</h1>
          {counts && <span className={styles.count}>{narrowed ? (left ?? '…') : counts[view]}</span>}
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
