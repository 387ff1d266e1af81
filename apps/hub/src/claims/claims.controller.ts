import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { ChangeClaim } from '../flows/change-claim';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ClaimTimelineView } from '../views/claim-timeline.view';
import { ClaimView } from '../views/claim.view';
import { NoticeView } from '../views/notice.view';
import { ClaimEventSecrets } from './claim-event-secrets';
import { DESK_ROLES } from '@claimline/protocol';
import {
  ClaimAnswer,
  ClaimEventSecretAnswer,
  ClaimListAnswer,
  ClaimQueryParams,
  ConfirmedClaimEventAnswer,
  NoticeWhyAnswer,
  TimelineAnswer,
  TimelineQueryParams,
} from './claims.dto';

/** The claim mirror: finding claims, reading one, and what a person does about events that wait. */
@ApiTags('claims')
@Controller('api')
export class ClaimsController {
  constructor(
    private readonly database: Database,
    private readonly view: ClaimView,
    private readonly timelines: ClaimTimelineView,
    private readonly notices: NoticeView,
    private readonly flow: ChangeClaim,
    private readonly secrets: ClaimEventSecrets,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('claims')
  @ApiOkResponse({ type: ClaimListAnswer })
  find(@CurrentPrincipal() who: Principal, @Query() query: ClaimQueryParams): Promise<ClaimListAnswer> {
    return this.view.find(who, query);
  }

  @Get('claims/:number')
  @ApiOkResponse({ type: ClaimAnswer })
  async show(@CurrentPrincipal() who: Principal, @Param('number') number: string): Promise<ClaimAnswer> {
    return found(await this.view.show(who, number, this.clock.now()));
  }

  @Get('claims/:number/timeline')
  @ApiOkResponse({ type: TimelineAnswer })
  async timeline(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Query() query: TimelineQueryParams,
  ): Promise<TimelineAnswer> {
    const claim = found(await this.view.show(who, number, this.clock.now()));
    return this.timelines.page(who, claim, query);
  }

  @Get('notices/:id')
  @ApiOkResponse({ type: NoticeWhyAnswer })
  async why(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<NoticeWhyAnswer> {
    return found(await this.notices.why(who, id));
  }

  /** The step that the stage model forbids was right, or the unknown stage has been mapped meanwhile. */
  @Post('claim-events/:id/confirm')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOkResponse({ type: ConfirmedClaimEventAnswer })
  async confirm(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<ConfirmedClaimEventAnswer> {
    return this.database.transaction(async (tx) => {
      const { outcome, detail, claimNumber } = found(await this.flow.reconsider(tx, id, who.id));
      found(await this.view.show(who, claimNumber, this.clock.now()));
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'claim-event.confirm',
        subject: 'claim-event',
        subjectId: id,
        facts: { outcome },
        at: this.clock.now(),
      });
      return { outcome, detail };
    });
  }

  /** A new secret with which the claim core signs its events; shown once. The one before stays valid. */
  @Post('claim-events/secrets')
  @Roles('administrator')
  @ApiCreatedResponse({ type: ClaimEventSecretAnswer })
  async makeSecret(@CurrentPrincipal() who: Principal): Promise<ClaimEventSecretAnswer> {
    const secret = await this.secrets.make(who.kind === 'account' ? who.id : null);
    await this.audit.record(this.database, {
      actor: { kind: who.kind, id: who.id },
      action: 'claim-event-secret.make',
      subject: 'setting',
      subjectId: 'claims.webhook-secrets',
      at: this.clock.now(),
    });
    return { secret };
  }
}
