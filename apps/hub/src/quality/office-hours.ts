import type { Queries } from '@claimline/database';
import { addBusinessTime, Calendars, openSpans } from '@claimline/quality';
import { DateTime } from 'luxon';
import { BrandView } from '../views/brand.view';

/** Whether the office is open: for the hotline and for what may ring. */
export class OfficeHours {
  constructor(
    private readonly calendars: Calendars,
    private readonly brands: BrandView,
  ) {}

  async isOpen(queries: Queries, brandId: string, at: Date): Promise<boolean> {
    const brand = await this.brands.find(brandId);
    if (!brand) return false;
    const calendar = await this.calendars.forBrand(queries, { id: brandId, timeZone: brand.time_zone }, at);
    const now = DateTime.fromJSDate(at);
    return openSpans(calendar, now).some((span) => span.from <= now && now < span.to);
  }

  /** From when on somebody is there: now while the office is open, else its next opening; null where it never opens or nothing is known of it. */
  async opensAt(queries: Queries, brandId: string, at: Date): Promise<Date | null> {
    const brand = await this.brands.find(brandId);
    if (!brand) return null;
    const calendar = await this.calendars.forBrand(queries, { id: brandId, timeZone: brand.time_zone }, at);
    return Object.values(calendar.hours).some((hours) => hours.length > 0) ? addBusinessTime(calendar, at, 0) : null;
  }
}
