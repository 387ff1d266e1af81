import type { Conversation, RoutingDecision } from '@claimline/protocol';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe, useRouting } from '../../client';
import { humanised, useWords } from '../../locales';
import { Avatar, ErrorState, PanelSection, SkeletonRows, useDates } from '../../ui';
import styles from './side-panel.module.css';

interface WhyMeProps {
  readonly conversationId: string;
  readonly assignee: Conversation['assignee'];
}

/** Why this conversation is with this adjuster: the stored decision of the router in plain words. */
export function WhyMe({ conversationId, assignee }: WhyMeProps) {
  const { t } = useTranslation('side-panel');
  const me = useMe().data;
  const { data: routing, error, refetch } = useRouting(conversationId);
  const [older, { toggle }] = useDisclosure(false);
  const [latest, ...before] = routing?.items ?? [];
  const holder = assignee ?? latest?.chosen;
  const title = holder ? t(holder.id === me?.id ? 'why.me' : 'why.them', { name: holder.name }) : t('why.queued');
  return (
    <PanelSection title={title}>
      {error && !routing && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !routing && <SkeletonRows count={2} height={44} />}
      {routing && !latest && <p className={styles.hint}>{t(assignee ? 'why.given' : 'why.none')}</p>}
      {latest && <Decision decision={latest} />}
      {before.length > 0 && (
        <>
          <button type="button" className={styles.fold} aria-expanded={older} onClick={toggle}>
            <IconChevronRight size={14} stroke={1.8} aria-hidden /> {t('why.before', { count: before.length })}
          </button>
          {older && before.map((decision) => <Decision key={decision.id} decision={decision} />)}
        </>
      )}
    </PanelSection>
  );
}

function Decision({ decision }: { readonly decision: RoutingDecision }) {
  const { t } = useTranslation('side-panel');
  const dates = useDates();
  const worded = useParamWords();
  const headline = decision.chosen ? t('why.chosen', { name: decision.chosen.name }) : t('why.waits');
  return (
    <div className={styles.decision}>
      <p className={styles.strong}>
        {headline} {t(`ring.${decision.ring}`, { defaultValue: humanised(decision.ring) })}
      </p>
      <p className={styles.quiet}>
        {t(`cause.${decision.cause}`, { defaultValue: humanised(decision.cause) })} · {dates.moment(decision.at)}
      </p>
      <ul className={styles.reasons}>
        {decision.reasons.map((reason, at) => (
          <li key={at}>{t(`routing.${reason.code}`, { defaultValue: humanised(reason.code), ...worded(reason.params) })}</li>
        ))}
      </ul>
      {decision.candidates.length > 1 && <Candidates decision={decision} />}
      {decision.excluded.length > 0 && (
        <>
          <p className={styles.label}>{t('why.excluded')}</p>
          <ul className={styles.excluded}>
            {decision.excluded.map((one) => (
              <li key={one.id}>
                <span>{one.name}</span>
                <span className={styles.quiet}>{t(`excluded.${one.code}`, { defaultValue: humanised(one.code) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Candidates({ decision }: { readonly decision: RoutingDecision }) {
  const { t, i18n } = useTranslation('side-panel');
  const percent = (share: number): string => new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  return (
    <>
      <p className={styles.label}>{t('why.candidates')}</p>
      <table className={styles.candidates}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t('why.name')}</span>
            </th>
            <th scope="col">{t('why.skill')}</th>
            <th scope="col">{t('why.load')}</th>
            <th scope="col">{t('why.idle')}</th>
          </tr>
        </thead>
        <tbody>
          {decision.candidates.map((one) => (
            <tr key={one.id} data-chosen={one.id === decision.chosen?.id || undefined}>
              <th scope="row">
                <Avatar name={one.name} size={18} /> {one.name}
              </th>
              <td>{percent(one.skill)}</td>
              <td>{percent(one.load)}</td>
              <td>{one.idleSeconds === null ? '–' : t('why.minutes', { count: Math.round(one.idleSeconds / 60) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The params of a reason for people: codes in words, moments as dates, seconds as minutes; everything else as it came. */
function useParamWords(): (params: Readonly<Record<string, string | number>>) => Record<string, string | number> {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const dates = useDates();
  const shown: Readonly<Record<string, (value: string) => readonly [string, string | number]>> = {
    line: (value) => ['line', words.line(value)],
    language: (value) => ['language', words.of('language', value)],
    until: (value) => ['until', dates.moment(value)],
    ring: (value) => ['ring', t(`ring.${value}`, { defaultValue: humanised(value) })],
    seconds: (value) => ['minutes', Math.round(Number(value) / 60)],
  };
  return (params) => Object.fromEntries(Object.entries(params).map(([name, value]) => shown[name]?.(String(value)) ?? [name, value]));
}
