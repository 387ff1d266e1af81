import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { MailroomView } from '../views/mailroom.view';
import { MailroomDesk } from './mailroom-desk';
import {
  DescribeScanBody,
  FileScanBody,
  LettersQueryParams,
  NewScanBody,
  OutgoingLettersAnswer,
  PostedLettersAnswer,
  PostLettersBody,
  ReturnLetterBody,
  ScanAnswer,
  ScansAnswer,
  ScansQueryParams,
  SetScanAsideBody,
  SplitScanBody,
} from './paper.dto';
import { SplitScans } from './split-scans';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** The mailroom: papers that come in and are filed, letters that go out and are posted. */
@ApiTags('mailroom')
@Controller('api/mailroom')
export class MailroomController {
  constructor(
    private readonly database: Database,
    private readonly view: MailroomView,
    private readonly desk: MailroomDesk,
    private readonly splits: SplitScans,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('scans')
  @ApiOperation({ summary: 'Papers on the table, each with the claims that it may belong to' })
  @ApiOkResponse({ type: ScansAnswer })
  async scans(@CurrentPrincipal() who: Principal, @Query() query: ScansQueryParams): Promise<ScansAnswer> {
    const now = this.clock.now();
    const [items, counts] = await Promise.all([this.view.scans(who, query.state, now), this.view.counts(who, now)]);
    return { items, counts };
  }

  @Post('scans')
  @HttpCode(201)
  @ApiOperation({ summary: 'An upload becomes a scan that waits to be filed' })
  @ApiCreatedResponse({ type: ScanAnswer })
  async take(@CurrentPrincipal() who: Principal, @Body() body: NewScanBody): Promise<ScanAnswer> {
    return this.one(who, await this.desk.take(who, body));
  }

  @Patch('scans/:id')
  @ApiOperation({ summary: 'Corrects sender or received date' })
  @ApiOkResponse({ type: ScanAnswer })
  async describe(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: DescribeScanBody): Promise<ScanAnswer> {
    await this.desk.describe(who, id, body);
    return this.one(who, id);
  }

  @Post('scans/:id/file')
  @HttpCode(200)
  @ApiOperation({ summary: 'Files a scan into the thread of a party of a claim, as a letter of its received date' })
  @ApiOkResponse({ type: ScanAnswer })
  async file(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: FileScanBody): Promise<ScanAnswer> {
    await this.desk.file(who, id, body);
    return this.one(who, id);
  }

  @Post('scans/:id/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a filed scan back onto the table; its entry waits in To file' })
  @ApiOkResponse({ type: ScanAnswer })
  async undo(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ScanAnswer> {
    await this.desk.takeBack(who, id);
    return this.one(who, id);
  }

  @Post('scans/:id/set-aside')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts a scan away that belongs to no claim, or back on the table' })
  @ApiOkResponse({ type: ScanAnswer })
  async setAside(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: SetScanAsideBody): Promise<ScanAnswer> {
    await this.desk.setAside(who, id, body.aside);
    return this.one(who, id);
  }

  @Post('scans/:id/split')
  @HttpCode(201)
  @ApiOperation({ summary: 'The pages of a scanned TIFF from this one on become a scan of their own' })
  @ApiCreatedResponse({ type: ScanAnswer })
  async split(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: SplitScanBody): Promise<ScanAnswer> {
    found(await this.view.scan(this.database, who, id));
    return this.one(who, await this.splits.split(who, id, body.from));
  }

  @Get('letters')
  @ApiOperation({ summary: 'Letters in the tray, posted, or returned' })
  @ApiOkResponse({ type: OutgoingLettersAnswer })
  async letters(@CurrentPrincipal() who: Principal, @Query() query: LettersQueryParams): Promise<OutgoingLettersAnswer> {
    return { items: await this.view.letters(who, query.state) };
  }

  @Post('letters/posted')
  @HttpCode(200)
  @ApiOperation({ summary: 'The letters went to the post on that day: their deliveries are sent' })
  @ApiOkResponse({ type: PostedLettersAnswer })
  async posted(@CurrentPrincipal() who: Principal, @Body() body: PostLettersBody): Promise<PostedLettersAnswer> {
    return { posted: await this.desk.posted(who, body.ids, body.on) };
  }

  @Post('letters/:id/returned')
  @HttpCode(204)
  @ApiOperation({ summary: 'The post brought a letter back: its delivery is undeliverable' })
  returned(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ReturnLetterBody): Promise<void> {
    return this.desk.returned(who, id, body.on);
  }

  private async one(who: Principal, id: string): Promise<ScanAnswer> {
    return found(await this.view.scan(this.database, who, id));
  }
}
