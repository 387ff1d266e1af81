import { Tooltip } from '@mantine/core';
import { IconPencilPlus, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../commands';
import { PresenceMenu } from '../features/presence';
import { GoLink, hrefs, usePath } from '../navigation';
import { useMayWrite, useNarrow } from '../ui';
import { AccountMenu } from './account-menu';
import { MoreMenu } from './more-menu';
import { usePlaces, type Place } from './places';
import styles from './rail.module.css';

const startsWith = (path: string, href: string): boolean => path === href || path.startsWith(`${href.replace('/todo', '')}/`);

function RailLink({ place, labelled }: { readonly place: Place; readonly labelled: boolean }) {
  const path = usePath();
  const here = [place.href, ...(place.also ?? [])].some((href) => startsWith(path, href));
  const Icon = place.icon;
  return (
    <Tooltip label={place.name} position="right" disabled={labelled}>
      <GoLink
        href={place.href}
        className={styles.place}
        aria-current={here ? 'page' : undefined}
        aria-label={place.count ? `${place.name} (${place.count})` : place.name}
      >
        <span className={styles.icon}>
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          {place.count ? <span className={styles.count}>{place.count > 99 ? '99+' : place.count}</span> : null}
        </span>
        {labelled && <span className={styles.label}>{place.short ?? place.name}</span>}
      </GoLink>
    </Tooltip>
  );
}

/** At a desk the settings stand at the foot, whatever else a role begins with. */
const isUp = (place: Place): boolean => place.href !== hrefs.settings();

/** The way to every page: at the left, or at the bottom of a phone. */
export function Rail() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const mayWrite = useMayWrite();
  const places = usePlaces();
  if (narrow) {
    return (
      <nav className={styles.bar} aria-label={t('rail.label')}>
        {places.slice(0, 3).map((place) => (
          <RailLink key={place.href} place={place} labelled />
        ))}
        <button type="button" className={styles.place} onClick={() => runCommand('command-bar.open')}>
          <span className={styles.icon}>
            <IconSearch size={20} stroke={1.6} aria-hidden="true" />
          </span>
          <span className={styles.label}>{t('rail.search')}</span>
        </button>
        <MoreMenu places={places.slice(3)} />
      </nav>
    );
  }
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <img src="/icon.svg" alt="Claimline" width={28} height={28} className={styles.logo} />
      {mayWrite && (
        <Tooltip label={t('rail.writeFirst')} position="right">
          <button
            type="button"
            className={styles.place}
            aria-label={t('rail.writeFirst')}
            onClick={() => runCommand('conversation.write-first')}
          >
            <IconPencilPlus size={20} stroke={1.6} aria-hidden="true" />
          </button>
        </Tooltip>
      )}
      <Tooltip label={t('rail.search')} position="right">
        <button type="button" className={styles.place} aria-label={t('rail.search')} onClick={() => runCommand('command-bar.open')}>
          <IconSearch size={20} stroke={1.6} aria-hidden="true" />
        </button>
      </Tooltip>
      <hr className={styles.rule} />
      {places.filter(isUp).map((place) => (
        <RailLink key={place.href} place={place} labelled={false} />
      ))}
      <div className={styles.end}>
        {places
          .filter((place) => !isUp(place))
          .map((place) => (
            <RailLink key={place.href} place={place} labelled={false} />
          ))}
        <PresenceMenu />
        <AccountMenu />
      </div>
    </nav>
  );
}
