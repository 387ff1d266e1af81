import { waitHours, type Surge } from '@claimline/claims';
import type { Clock, Queries, Transaction } from '@claimline/database';
import { Settings } from '@claimline/people';
import { OfficeHours } from '../quality/office-hours';
import { StormFigures } from '../views/storm-figures.view';

const KEY = 'storm.acknowledgement';
// What an adjuster answers in an hour where the last two hours tell nothing: a night, a new office.
const ANSWERS_AN_HOUR = 6;
const MEASURED_HOURS = 2;

/** The key under which a surge answers: one answer per conversation and surge. */
export const surgeKey = ({ since }: Pick<Surge, 'since'>): string => `surge:${since}`;

/** Whether the acknowledgement of a surge is on, for whom, and what it may honestly say. */
export class SurgeSwitch {
  constructor(
    private readonly settings: Settings,
    private readonly figures: StormFigures,
    private readonly hours: OfficeHours,
    private readonly clock: Clock,
  ) {}

  /** As it was last switched; undefined: never. */
  read(queries: Queries): Promise<Surge | undefined> {
    return this.settings.read<Surge>(queries, KEY);
  }

  async write(tx: Transaction, surge: Omit<Surge, 'since'>): Promise<Surge> {
    const at = this.clock.now();
    const switched = { ...surge, since: at.toISOString() };
    await this.settings.write(tx, KEY, switched, { at, by: surge.by });
    return switched;
  }

  /** Hours until the last of the queue is answered, by what people have answered lately; undefined: longer than can be said honestly. */
  async wait(queries: Queries, brandId: string | null): Promise<number | undefined> {
    const now = this.clock.now();
    const { waiting, answered, adjusters } = await this.figures.queue(queries, brandId === null ? [] : [brandId], now);
    const opens = brandId === null ? null : await this.hours.opensAt(queries, brandId, now);
    const untilOpen = opens ? Math.max(0, opens.getTime() - now.getTime()) / 3_600_000 : 0;
    const perHour = answered > 0 ? answered / MEASURED_HOURS : Math.max(adjusters, 1) * ANSWERS_AN_HOUR;
    return waitHours({ ahead: waiting, perHour, untilOpen });
  }
}
