import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { Calendars, BUSINESS, type CalendarRecord } from '@claimline/quality';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { CalendarAnswer, CalendarsAnswer, SetCalendarBody } from './quality.dto';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const toAnswer = ({ key, timeZone, hours, holidays, workdays }: CalendarRecord): CalendarAnswer =>
  ({ key, timeZone, hours, holidays, workdays }) as CalendarAnswer;

/** Open hours and holidays. A change moves no clock that runs already. */
@ApiTags('quality')
@Controller('api/calendars')
export class CalendarsController {
  constructor(
    private readonly database: Database,
    private readonly calendars: Calendars,
    private readonly brands: BrandView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ type: CalendarsAnswer })
  async list(): Promise<CalendarsAnswer> {
    return { items: (await this.calendars.list(this.database)).map(toAnswer) };
  }

  @Put(':key')
  @Roles('administrator')
  @ApiOkResponse({ type: CalendarAnswer })
  async put(@CurrentPrincipal() who: Principal, @Param('key') key: string, @Body() body: SetCalendarBody): Promise<CalendarAnswer> {
    if (key !== BUSINESS) found(UUID.test(key) ? await this.brands.find(key) : undefined);
    const at = this.clock.now();
    return await this.database.transaction(async (tx) => {
      const calendar = await this.calendars.put(tx, key, body as Parameters<Calendars['put']>[2], at);
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'calendar.set',
        subject: 'calendar',
        subjectId: calendar.id,
        at,
      });
      return toAnswer(calendar);
    });
  }
}
