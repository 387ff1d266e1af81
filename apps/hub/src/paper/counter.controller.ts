import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BYTES } from '../files/send-file';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { VisitView } from '../views/visit.view';
import { CounterDesk } from './counter-desk';
import { CountersAnswer, LoggedVisitAnswer, LogVisitBody } from './paper.dto';
import { visitReceipt } from './visit-receipt';

/** The counter: what was said face to face, and the receipt for it. */
@ApiTags('counter')
@Controller('api/counter')
export class CounterController {
  constructor(
    private readonly desk: CounterDesk,
    private readonly visits: VisitView,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The counters of the house' })
  @ApiOkResponse({ type: CountersAnswer })
  async counters(@CurrentPrincipal() who: Principal): Promise<CountersAnswer> {
    return { items: await this.visits.counters(who) };
  }

  @Post('visits')
  @HttpCode(201)
  @ApiOperation({ summary: 'Writes down a visit: it stands in the thread, counts as contact by a person, and takes the papers along' })
  @ApiCreatedResponse({ type: LoggedVisitAnswer })
  log(@CurrentPrincipal() who: Principal, @Body() body: LogVisitBody): Promise<LoggedVisitAnswer> {
    return this.desk.log(who, body);
  }

  @Get('visits/:message/receipt')
  @ApiOperation({ summary: 'The receipt of a visit as PDF' })
  @ApiOkResponse(BYTES)
  @Header('cache-control', 'private, no-store')
  async receipt(@CurrentPrincipal() who: Principal, @Param('message', new ParseUUIDPipe()) id: string): Promise<StreamableFile> {
    const pdf = await visitReceipt(found(await this.visits.receipt(who, id)));
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: 'inline; filename="receipt.pdf"' });
  }
}
