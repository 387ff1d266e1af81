import type { Colleague } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../client';
import { useWords } from '../../locales';
import { Avatar, Chip, ErrorState, SkeletonRows, useDates } from '../../ui';
import { PersonAliases } from './person-aliases';
import { SectionHead } from './section-head';
import styles from './settings-page.module.css';

/** Who works here: role, skills, licences, capacity, as the router knows them. */
export function PeopleSection() {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = usePeople();
  return (
    <section>
      <SectionHead title={t('people.title')} hint={t('people.hint')} />
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={5} height={64} />}
      <ul className={styles.list}>
        {data?.items.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
    </section>
  );
}

function Person({ person }: { readonly person: Colleague }) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const dates = useDates();
  const skills = [...person.languages.map((one) => words.of('language', one)), ...person.lines.map((one) => words.line(one))];
  return (
    <li className={styles.row}>
      <Avatar name={person.name} size={32} presence={person.presence} />
      <div className={styles.grow}>
        <p className={styles.name}>
          {person.name} <span className={styles.quiet}>{[words.role(person.role), ...person.teams].join(' · ')}</span>
        </p>
        <p className={styles.chips}>
          {skills.map((skill) => (
            <Chip key={skill}>{skill}</Chip>
          ))}
          {person.licences.map((licence) => (
            <Chip key={licence} title={t('people.licence')}>
              <span className="unseen">{t('people.licence')}: </span>
              {licence}
            </Chip>
          ))}
        </p>
        {(person.role === 'adjuster' || person.role === 'supervisor') && <PersonAliases account={person.id} name={person.name} />}
      </div>
      {person.absentUntil && <Chip tone="warn">{t('people.absent', { when: dates.day(person.absentUntil) })}</Chip>}
      {/* Who is given no conversations has no room for any. */}
      {person.capacity > 0 && (
        <span className={styles.capacity}>{t('people.units', { used: person.used, capacity: person.capacity })}</span>
      )}
    </li>
  );
}
