import type { ConversationItem } from '@claimline/protocol';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTyping } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { age, ChannelIcon, Chip, ClockPill, fullMoment, useNow } from '../../ui';
import styles from './conversation-row.module.css';

const TONES: Readonly<Record<string, 'warn' | 'danger' | 'accent'>> = {
  vulnerable: 'warn',
  injury: 'danger',
  fatality: 'danger',
  'possible-duplicate': 'warn',
  complaint: 'danger',
  regulator: 'danger',
  'who-is-writing': 'accent',
  'which-claim': 'accent',
  'new-loss': 'accent',
};
// What asks for a decision stands first; a language or a line is only a help.
const rank = (label: string): number => (label in TONES ? 0 : 1);
const MOST_CHIPS = 3;

interface RowProps {
  readonly item: ConversationItem;
  readonly view: string;
  readonly open: boolean;
  readonly cursor: boolean;
  /** The filters of the list, kept when one opens a row. */
  readonly query: string;
  /** Whether it is chosen for what is done to many; undefined: nothing may be chosen here. */
  readonly chosen?: boolean;
  readonly onChoose?: (id: string, range: boolean) => void;
}

function Choose({ item, chosen, onChoose }: Pick<RowProps, 'item' | 'chosen' | 'onChoose'>) {
  const { t } = useTranslation('bulk');
  return (
    <input
      type="checkbox"
      className={styles.choose}
      checked={chosen}
      aria-label={t('choose', { name: item.contact.name })}
      // The row is a link: choosing it does not open it. Shift chooses everything between.
      onClick={(event) => {
        event.stopPropagation();
        onChoose?.(item.id, event.shiftKey);
      }}
      onChange={() => undefined}
    />
  );
}

function LastWords({ item }: { readonly item: ConversationItem }) {
  const { t } = useTranslation('inbox');
  const typing = useTyping(item.id).find((one) => one.side === 'customer');
  if (typing) return <span className={styles.typing}>{t('typing')}</span>;
  const who = item.previewDirection === 'outbound' ? t('ours') : item.previewDirection === 'internal' ? t('note') : '';
  return (
    <span className={styles.words}>
      {who && <span className={styles.who}>{who} </span>}
      {item.preview || item.subject || t('noWords')}
    </span>
  );
}

function Chips({ item }: { readonly item: ConversationItem }) {
  const words = useWords();
  const labels = [...item.labels].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_CHIPS);
  if (labels.length === 0) return null;
  return (
    <span className={styles.chips}>
      {labels.map((label) => (
        <Chip key={label} tone={TONES[label] ?? 'plain'}>
          {words.label(label)}
        </Chip>
      ))}
    </span>
  );
}

/** One conversation of the list: who, when, on which channel, about which claim, the last words, what hurries. */
export const ConversationRow = memo(function ConversationRow({ item, view, open, cursor, query, chosen, onChoose }: RowProps) {
  const { t, i18n } = useTranslation('inbox');
  const now = useNow();
  const at = Date.parse(item.lastMessageAt);
  const row = (
    <GoLink
      href={hrefs.conversation(item.id, view, query)}
      className={styles.row}
      aria-current={open ? 'true' : undefined}
      data-cursor={cursor || undefined}
      data-unread={item.unread > 0 || undefined}
      data-conversation={item.id}
    >
      <span className={styles.line}>
        {item.unread > 0 && <span className={styles.dot} title={t('unread', { count: item.unread })} />}
        <span className={styles.name}>{item.contact.name}</span>
        {item.unread > 0 && <span className="unseen">{t('unread', { count: item.unread })}</span>}
        <time className={styles.age} dateTime={item.lastMessageAt} title={fullMoment(at, i18n.language)}>
          {age(at, now, i18n.language)}
        </time>
      </span>
      <span className={styles.line}>
        <span className={styles.channel}>
          <ChannelIcon kind={item.channel} />
        </span>
        <LastWords item={item} />
      </span>
      <span className={styles.line}>
        <span className={styles.claim}>{item.claim ? item.claim.number : t('noClaim')}</span>
        <Chips item={item} />
        <span className={styles.due}>{item.nextDue && <ClockPill {...item.nextDue} />}</span>
      </span>
    </GoLink>
  );
  if (chosen === undefined) return row;
  // Beside the link, not within it: a control inside of a link is neither for a keyboard nor for a screen reader.
  return (
    <div className={styles.choosable} data-chosen={chosen || undefined}>
      {row}
      <Choose item={item} chosen={chosen} onChoose={onChoose} />
    </div>
  );
});
