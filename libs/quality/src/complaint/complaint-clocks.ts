import type { Transaction } from '@claimline/database';
import { isRefusal, type Refusal } from '@claimline/messages';
import { addCalendarDays } from '../business-time';
import type { StoredClock } from '../clock.entity';
import type { ClockPlace, Clocks } from '../clocks';
import type { StepRefusal } from './complaint';

/** The promises of a complaint by the law of its region. What ends each: a receipt, an outcome that left, the next word of how it stands. */
export type ComplaintClock = 'outcome' | 'receipt' | 'progress';

const RECEIPT = 'complaint.ack';
const PROGRESS = 'complaint.progress';
const OUTCOMES = ['complaint.CN', 'complaint.default'];

/** Days from receipt until when an outcome may be put off, once and then again; the last only with a supervisor's approval. */
const EXTENSIONS: Readonly<Record<string, readonly { readonly days: number; readonly approval: boolean }[]>> = {
  'complaint.CN': [
    { days: 30, approval: false },
    { days: 60, approval: true },
  ],
};

/** Which clock an outcome runs by. */
export const outcomePolicy = (region: string | null): string =>
  region === 'CN' || region?.startsWith('CN-') ? 'complaint.CN' : 'complaint.default';

/** A complaint as its clocks know it. */
export interface ClockedComplaint {
  readonly id: string;
  readonly receivedAt: Date;
  readonly extensions: number;
}

/** The clocks of a complaint. All run from its receipt, whenever somebody recognised it. */
export class ComplaintClocks {
  constructor(private readonly clocks: Clocks) {}

  /** Starts what is promised. Whoever follows the general rule is told every five business days how it stands. */
  async begin(tx: Transaction, complaint: ClockedComplaint, place: ClockPlace, policy: string): Promise<void> {
    const all = [policy, RECEIPT, ...(policy === 'complaint.default' ? [PROGRESS] : [])];
    for (const one of all) await this.clocks.begin(tx, place, one, { at: complaint.receivedAt, startedBy: { complaint: complaint.id } });
  }

  /** The category, or the region, asks for another clock: the old one ends, the new one counts from the receipt all the same. */
  async rule(tx: Transaction, complaint: ClockedComplaint, place: ClockPlace, change: { policy: string; at: Date }): Promise<void> {
    const running = await this.running(tx, complaint);
    if (running.some(({ policy }) => policy === change.policy)) return;
    for (const clock of running.filter(({ policy }) => OUTCOMES.includes(policy) || policy === PROGRESS))
      await this.clocks.cancel(tx, clock.id, change.at, 'another-rule');
    const wanted = [change.policy, ...(change.policy === 'complaint.default' ? [PROGRESS] : [])];
    for (const one of wanted) await this.clocks.begin(tx, place, one, { at: complaint.receivedAt, startedBy: { complaint: complaint.id } });
  }

  /** Something that was promised has happened; the next word of progress is promised anew. */
  async kept(
    tx: Transaction,
    complaint: ClockedComplaint,
    place: ClockPlace,
    done: { what: ComplaintClock; messageId: string; at: Date },
  ): Promise<void> {
    const { what, messageId, at } = done;
    const ends = (policy: string): boolean =>
      what === 'receipt' ? policy === RECEIPT : what === 'progress' ? policy === PROGRESS : policy !== RECEIPT;
    for (const clock of await this.running(tx, complaint)) {
      if (!ends(clock.policy)) continue;
      await this.clocks.finish(tx, clock.id, at, { message: messageId });
      if (what === 'progress') await this.clocks.begin(tx, place, PROGRESS, { at, startedBy: { complaint: complaint.id } });
    }
  }

  /** Nothing is promised any more: dismissed or withdrawn. */
  async stop(tx: Transaction, complaint: ClockedComplaint, at: Date, cause: string): Promise<void> {
    for (const clock of await this.running(tx, complaint)) await this.clocks.cancel(tx, clock.id, at, cause);
  }

  /** More time for the outcome, as far as the rule allows: until when, or why not. */
  async extend(
    tx: Transaction,
    complaint: ClockedComplaint,
    asked: { at: Date; approves: boolean },
  ): Promise<{ readonly until: Date } | Refusal<StepRefusal>> {
    const clock = (await this.running(tx, complaint)).find(({ policy }) => OUTCOMES.includes(policy));
    const rung = clock && mayExtend(clock, complaint.extensions, asked.approves);
    if (!clock || !rung) return { refused: 'no-extension' };
    if (isRefusal(rung)) return rung;
    const until = addCalendarDays(clock.calendar, complaint.receivedAt, rung.days, clock.terms.roll);
    const extended = await this.clocks.extend(tx, clock.id, asked.at, until);
    return extended?.deadline.getTime() === until.getTime() ? { until } : { refused: 'no-extension' };
  }

  running(tx: Transaction, complaint: Pick<ClockedComplaint, 'id'>): Promise<StoredClock[]> {
    return this.clocks.startedBy(tx, 'complaint', complaint.id);
  }
}

function mayExtend(clock: StoredClock, extensions: number, approves: boolean): { days: number } | Refusal<StepRefusal> | undefined {
  const rung = EXTENSIONS[clock.policy]?.[extensions];
  if (rung?.approval && !approves) return { refused: 'approval-needed' };
  return rung;
}
