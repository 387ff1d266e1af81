import type { TeamMember } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconChevronRight, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCancelAbsence, useWorkOf } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { Avatar, ErrorState, OwnedWork, PanelSection, SkeletonRows, toast, useDates, useMaySupervise } from '../../ui';
import { SickDialog } from './sick-dialog';
import styles from './team.module.css';
import { inOrderOfNeed } from './team-order';

const COLUMNS = ['open', 'waiting', 'overdue', 'tasks', 'promises'] as const;

/** Who has what: presence, load, what is open, waits and is late; a row opens, and says that somebody calls in sick. */
export function TeamTable({ people }: { readonly people: readonly TeamMember[] }) {
  const { t } = useTranslation('team');
  const [sick, setSick] = useState<TeamMember | null>(null);
  const here = people.filter((one) => one.presence === 'online').length;
  return (
    <PanelSection title={t('people.title')} aside={t('people.here', { count: here, all: people.length })}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" data-column={column}>
                {t(`people.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t('people.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrderOfNeed(people).map((one) => (
            <Member key={one.id} member={one} onSick={() => setSick(one)} />
          ))}
        </tbody>
      </table>
      {sick && <SickDialog member={sick} people={people} onClose={() => setSick(null)} />}
    </PanelSection>
  );
}

function Member({ member, onSick }: { readonly member: TeamMember; readonly onSick: () => void }) {
  const [open, setOpen] = useState(false);
  const filtered = (due?: string): string => `${hrefs.inbox('all')}?assignee=${member.id}${due ? `&due=${due}` : '&awaiting=true'}`;
  return (
    <>
      <tr className={styles.member}>
        <th scope="row">
          <button type="button" className={styles.who} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronRight size={14} stroke={2} className={styles.arrow} aria-hidden="true" />
            <Avatar name={member.name} size={28} presence={member.presence} />
            <span className={styles.name}>
              {member.name}
              <Whereabouts member={member} />
            </span>
          </button>
        </th>
        <td data-column="open">{member.open}</td>
        <td data-column="waiting">
          <GoLink href={filtered()}>{member.waiting}</GoLink>
        </td>
        <td data-column="overdue" data-tone={member.overdue > 0 ? 'danger' : undefined}>
          <GoLink href={filtered('overdue')}>{member.overdue}</GoLink>
        </td>
        <td data-column="tasks">{member.tasks}</td>
        <td data-column="promises">{member.promisesToday}</td>
        <td className={styles.deed}>
          <Deed member={member} onSick={onSick} />
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={COLUMNS.length + 2} className={styles.opened}>
            <Work id={member.id} />
          </td>
        </tr>
      )}
    </>
  );
}

function Whereabouts({ member }: { readonly member: TeamMember }) {
  const { t } = useTranslation('team');
  const words = useWords();
  const dates = useDates();
  const { absence, used, capacity } = member;
  if (!absence) {
    return (
      <span className={styles.quiet}>
        {words.of('presence', member.presence)}
        <span className={styles.load}>{` · ${t('people.load', { used, capacity })}`}</span>
      </span>
    );
  }
  const until = t('people.absent', { when: dates.moment(absence.until) });
  return (
    <span className={styles.away}>{absence.delegate ? `${until} · ${t('people.delegate', { name: absence.delegate.name })}` : until}</span>
  );
}

function Deed({ member, onSick }: { readonly member: TeamMember; readonly onSick: () => void }) {
  const { t } = useTranslation('team');
  const words = useWords();
  const maySupervise = useMaySupervise();
  const cancel = useCancelAbsence();
  if (!maySupervise) return null;
  const { absence } = member;
  if (!absence) {
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconUserOff size={14} stroke={1.7} />}
        aria-label={t('sick.open', { name: member.name })}
        onClick={onSick}
      >
        {t('sick.button')}
      </Button>
    );
  }
  const back = () =>
    cancel.mutate(absence.id, {
      onSuccess: () => toast({ text: t('people.isBack', { name: member.name }) }),
      onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
    });
  return (
    <Button size="xs" variant="default" loading={cancel.isPending} aria-label={t('people.backOf', { name: member.name })} onClick={back}>
      {t('people.back')}
    </Button>
  );
}

function Work({ id }: { readonly id: string }) {
  const { data, error, refetch } = useWorkOf(id);
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  return data ? <OwnedWork work={data} /> : <SkeletonRows count={3} height={36} />;
}
