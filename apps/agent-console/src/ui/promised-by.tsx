import { ClockPill } from './clock-pill';
import { parsedDay, useDates } from './dates';
import { urgency } from './moments';
import { useNow } from './use-now';

/** By when something was promised, and how far that is; loud only where it is nearly or already over. */
export function PromisedBy({ at }: { readonly at: string }) {
  const dates = useDates();
  const now = useNow();
  const read = parsedDay(at);
  if (!read) return <>{at}</>;
  // A day without a time is kept until its end.
  const due = read.dayOnly ? new Date(read.date.getFullYear(), read.date.getMonth(), read.date.getDate(), 23, 59, 59) : read.date;
  const how = urgency(due.getTime(), now);
  const iso = due.toISOString();
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '0 8px', alignItems: 'center' }}>
      {dates.moment(at)}
      {how === 'over' || how === 'soon' ? (
        <ClockPill at={iso} kind="promise" />
      ) : (
        <span style={{ color: 'var(--ink-3)' }}>{dates.relative(iso)}</span>
      )}
    </span>
  );
}
