import type { DeliveryMark as Mark } from '@claimline/protocol';
import { IconAlertCircle, IconBan, IconCheck, IconChecks, IconClock, IconHelpCircle } from '@tabler/icons-react';
import { useWords } from '../locales';
import styles from './delivery-mark.module.css';

const ICONS: Readonly<Record<string, typeof IconCheck>> = {
  held: IconClock,
  due: IconClock,
  sending: IconClock,
  uncertain: IconHelpCircle,
  accepted: IconCheck,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertCircle,
  undeliverable: IconAlertCircle,
  suppressed: IconBan,
  canceled: IconBan,
};

/** Whether a person has to look: it did not arrive, or nobody knows. */
export const isTrouble = (mark: Mark | null): boolean =>
  mark !== null && ['uncertain', 'failed', 'undeliverable', 'suppressed'].includes(mark.state);

/** How far a message of ours has come, as a mark and in words; with the reason where it did not arrive. */
export function DeliveryMark({ mark, words: worded = false }: { readonly mark: Mark; readonly words?: boolean }) {
  const words = useWords();
  const Icon = ICONS[mark.state] ?? IconClock;
  const reason = mark.reason ? words.reason(mark.reason) : null;
  const text = [words.delivery(mark.state), reason].filter(Boolean).join(': ');
  const loud = isTrouble(mark) || worded;
  return (
    <span className={styles.mark} data-state={mark.state} title={text}>
      <Icon size={14} stroke={1.9} aria-hidden="true" />
      <span className={loud ? undefined : 'unseen'}>{text}</span>
    </span>
  );
}
