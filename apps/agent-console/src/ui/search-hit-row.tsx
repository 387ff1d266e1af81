import { IconFileDescription, IconMessage2, IconMessages } from '@tabler/icons-react';
import { Avatar } from './avatar';
import { ChannelIcon } from './channel-icon';
import { useDates } from './dates';
import { Highlight } from './highlight';
import styles from './search-hit-row.module.css';
import type { SearchHit } from './search-hits';

interface SearchHitRowProps {
  readonly hit: SearchHit;
  readonly query: string;
}

const ICONS = { claims: IconFileDescription, conversations: IconMessages, messages: IconMessage2 } as const;

/** What was found, in two lines, with the searched words marked. */
export function SearchHitRow({ hit, query }: SearchHitRowProps) {
  const dates = useDates();
  const Icon = hit.group === 'customers' ? null : ICONS[hit.group];
  return (
    <span className={styles.hit}>
      <span className={styles.icon}>{Icon ? <Icon size={16} stroke={1.6} aria-hidden /> : <Avatar name={hit.title} size={22} />}</span>
      <span className={styles.body}>
        <span className={styles.title}>
          <Highlight text={hit.title} query={query} />
        </span>
        <span className={styles.detail}>
          <Highlight text={hit.detail} query={query} around />
        </span>
      </span>
      <span className={styles.end}>
        {hit.channel && <ChannelIcon kind={hit.channel} />}
        {hit.at && <time dateTime={hit.at}>{dates.relative(hit.at)}</time>}
        {hit.aside && <span>{hit.aside}</span>}
      </span>
    </span>
  );
}
