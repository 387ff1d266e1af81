import type { ConversationItem } from '@claimline/protocol';
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GoLink, hrefs } from '../../navigation';
import { ChannelIcon, ClockPill, PanelSection, useMaySupervise } from '../../ui';
import { Reassign } from './reassign';
import styles from './wallboard.module.css';

interface RiskListProps {
  readonly over: readonly ConversationItem[];
  readonly soon: readonly ConversationItem[];
}

/** The deadlines that are over or nearly so, to be given to somebody else together. */
export function RiskList({ over, soon }: RiskListProps) {
  const { t } = useTranslation('wallboard');
  const maySupervise = useMaySupervise();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = [...over, ...soon];
  const picked = all.filter((one) => chosen.has(one.id));
  const toggle = (id: string) => setChosen((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  const aside = maySupervise && all.length > 0 && (
    <>
      <Checkbox
        size="xs"
        label={t('risk.all')}
        checked={picked.length === all.length}
        indeterminate={picked.length > 0 && picked.length < all.length}
        onChange={(event) => setChosen(new Set(event.currentTarget.checked ? all.map((one) => one.id) : []))}
      />
      <Reassign conversations={picked} onDone={() => setChosen(new Set())} />
    </>
  );
  return (
    <div id="risk">
      <PanelSection title={t('risk.title', { count: all.length })} aside={aside}>
        {all.length === 0 && <p className={styles.good}>{t('risk.none')}</p>}
        <ul className={styles.rows}>
          {all.map((one) => (
            <li key={one.id} className={styles.risk}>
              {maySupervise && (
                <Checkbox
                  size="xs"
                  aria-label={t('risk.choose', { name: one.contact.name })}
                  checked={chosen.has(one.id)}
                  onChange={() => toggle(one.id)}
                />
              )}
              <ChannelIcon kind={one.channel} size={16} />
              <GoLink href={hrefs.conversation(one.id)} className={styles.link}>
                <span className={styles.strong}>{one.contact.name}</span>
                <span className={styles.quiet}>{[one.claim?.number, one.assignee?.name ?? t('nobody')].filter(Boolean).join(' · ')}</span>
              </GoLink>
              {one.nextDue && <ClockPill at={one.nextDue.at} kind={one.nextDue.kind} breached={one.nextDue.breached} />}
            </li>
          ))}
        </ul>
      </PanelSection>
    </div>
  );
}
