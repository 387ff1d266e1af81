import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES } from '@claimline/protocol';
import type { PromiseRecord } from '@claimline/quality';
import { WatchPromises } from '../flows/watch-promises';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PromisesView } from '../views/promises.view';
import { AftercareSettings } from './aftercare-terms';
import { AftercareTermsDto, MakePromiseBody, PromiseAnswer, PromisePageAnswer, PromiseQueryParams } from './promises.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** What customers were told to expect and by when, and the terms of aftercare. */
@ApiTags('quality')
@Controller('api')
export class PromisesController {
  constructor(
    private readonly database: Database,
    private readonly view: PromisesView,
    private readonly flow: WatchPromises,
    private readonly terms: AftercareSettings,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('promises')
  @ApiOperation({ summary: 'Promises, nearest first: those of today, open ones, broken ones, all' })
  @ApiOkResponse({ type: PromisePageAnswer })
  find(@CurrentPrincipal() who: Principal, @Query() query: PromiseQueryParams): Promise<PromisePageAnswer> {
    return this.view.page(who, query, this.clock.now());
  }

  @Post('promises')
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Something is promised to a customer by a time' })
  @ApiCreatedResponse({ type: PromiseAnswer })
  make(@CurrentPrincipal() who: Principal, @Body() body: MakePromiseBody): Promise<PromiseAnswer> {
    return this.change(who, 'promise.make', (tx, at) => this.flow.make(tx, body, { who, at }));
  }

  @Post('promises/:id/keep')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'It was done; after its time it stays broken' })
  @ApiOkResponse({ type: PromiseAnswer })
  keep(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<PromiseAnswer> {
    return this.change(who, 'promise.keep', (tx, at) => this.flow.keep(tx, id, { who, at }));
  }

  @Post('promises/:id/cancel')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'It is not owed any more' })
  @ApiOkResponse({ type: PromiseAnswer })
  cancel(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<PromiseAnswer> {
    return this.change(who, 'promise.cancel', (tx, at) => this.flow.cancel(tx, id, { who, at }));
  }

  @Get('settings/aftercare')
  @ApiOperation({ summary: 'After how many days customers are called, and after how many a claim has gone quiet' })
  @ApiOkResponse({ type: AftercareTermsDto })
  readTerms(): Promise<AftercareTermsDto> {
    return this.terms.read(this.database);
  }

  @Put('settings/aftercare')
  @Roles('administrator')
  @ApiOkResponse({ type: AftercareTermsDto })
  async writeTerms(@CurrentPrincipal() who: Principal, @Body() body: AftercareTermsDto): Promise<AftercareTermsDto> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.terms.write(tx, body, { at, by: who.kind === 'account' ? who.id : null });
      const about = { action: 'aftercare.set', subject: 'setting', subjectId: 'aftercare' };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
    });
    return body;
  }

  private async change(
    who: Principal,
    action: string,
    work: (tx: Transaction, at: Date) => Promise<PromiseRecord>,
  ): Promise<PromiseAnswer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const { id } = await work(tx, at);
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'promise', subjectId: id, at });
      return found(await this.view.find(tx, who, id));
    });
  }
}
