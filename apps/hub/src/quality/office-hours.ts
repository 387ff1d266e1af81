import type { Queries } from '@claimline/database';
import { Calendars, openSpans } from '@claimline/quality';
import { DateTime } from 'luxon';
import { BrandView } from '../views/brand.view';

/** Whether the office of a brand is open: for the hotline and for what may ring. */
export class OfficeHours {
  constructor(
    private readonly calendars: Calendars,
    private readonly brands: BrandView,
  ) {}

  async isOpen(queries: Queries, brandId: string, at: Date): Promise<boolean> {
    const brand = (await this.brands.find(brandId)) ?? (await this.brands.first([]));
    const calendar = await this.calendars.forBrand(queries, { id: brand.id, timeZone: brand.time_zone }, at);
    const now = DateTime.fromJSDate(at);
    return openSpans(calendar, now).some((span) => span.from <= now && now < span.to);
  }
}
