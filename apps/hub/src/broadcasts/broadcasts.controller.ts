import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, Outbox, type Clock, type Transaction } from '@claimline/database';
import { Broadcasts, type Broadcast, type BroadcastAct } from '@claimline/notifications';
import { Audit } from '@claimline/people';
import type { BroadcastAudience } from '@claimline/protocol';
import { SteerBroadcast } from '../flows/steer-broadcast';
import { found, HubProblem, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { BroadcastView } from '../views/broadcast.view';
import {
  BroadcastAnswer,
  BroadcastPreviewAnswer,
  BroadcastRecipientsAnswer,
  BroadcastsAnswer,
  BroadcastWishBody,
  SubmitBroadcastBody,
} from './broadcasts.dto';
import { PreviewBroadcast } from './preview-broadcast';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** The same words to many: previewed, approved by a second person, sent at a rate, paused, resumed and canceled with exact counts. */
@ApiTags('broadcasts')
@Controller('api/broadcasts')
@Roles('supervisor', 'administrator', 'auditor')
export class BroadcastsController {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly view: BroadcastView,
    private readonly previews: PreviewBroadcast,
    private readonly flow: SteerBroadcast,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The latest broadcasts with their counts' })
  @ApiOkResponse({ type: BroadcastsAnswer })
  async list(@CurrentPrincipal() who: Principal): Promise<BroadcastsAnswer> {
    const rows = (await this.broadcasts.list(this.database)).filter((row) => isOf(who, row));
    return { items: await Promise.all(rows.map((row) => this.view.of(row, this.clock.now()))) };
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Who would get which words, and who would not and why' })
  @ApiOkResponse({ type: BroadcastPreviewAnswer })
  preview(@CurrentPrincipal() who: Principal, @Body() body: BroadcastWishBody): Promise<BroadcastPreviewAnswer> {
    return this.previews.of(who, { ...body, audience: body.audience as BroadcastAudience });
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Asks for approval; who gets it is fixed from here on' })
  @ApiCreatedResponse({ type: BroadcastAnswer })
  async submit(@CurrentPrincipal() who: Principal, @Body() body: SubmitBroadcastBody): Promise<BroadcastAnswer> {
    if (who.kind !== 'account') refuse('not-allowed');
    const audience = body.audience as BroadcastAudience;
    const { brandId, members } = await this.previews.members(who, audience);
    if (members.length === 0) throw new HubProblem('invalid', {}, [{ path: 'audience', problem: 'reaches nobody' }]);
    const at = this.clock.now();
    const id = await this.database.transaction(async (tx) => {
      const { name, template, perHour, anyHour } = body;
      const submitted = await this.broadcasts.submit(tx, { name, template, brandId, audience, perHour, anyHour }, members, {
        accountId: who.id,
        at,
      });
      await this.record(tx, who, { act: 'submit', id: submitted, facts: { count: members.length, template } });
      await this.outbox.append(tx, at, [
        { type: 'broadcast.changed', conversationId: null, payload: { broadcastId: submitted, state: 'submitted' } },
      ]);
      return submitted;
    });
    return this.show(who, id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far a broadcast is' })
  @ApiOkResponse({ type: BroadcastAnswer })
  async show(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<BroadcastAnswer> {
    return this.view.of(await this.own(who, id), this.clock.now());
  }

  @Get(':id/recipients')
  @ApiOperation({ summary: 'What became of whom; those who were not told first' })
  @ApiOkResponse({ type: BroadcastRecipientsAnswer })
  async recipients(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<BroadcastRecipientsAnswer> {
    await this.own(who, id);
    return { items: await this.view.recipients(who, id) };
  }

  @Post(':id/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'A second person approves; never its author' })
  @ApiOkResponse({ type: BroadcastAnswer })
  approve(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<BroadcastAnswer> {
    return this.steer(who, id, 'approve');
  }

  @Post(':id/start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Starts an approved one' })
  @ApiOkResponse({ type: BroadcastAnswer })
  start(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<BroadcastAnswer> {
    return this.steer(who, id, 'start');
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Pauses: what has not begun to leave waits' })
  @ApiOkResponse({ type: BroadcastAnswer })
  pause(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<BroadcastAnswer> {
    return this.steer(who, id, 'pause');
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Goes on where it was paused' })
  @ApiOkResponse({ type: BroadcastAnswer })
  resume(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<BroadcastAnswer> {
    return this.steer(who, id, 'resume');
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends it: what has not begun to leave never does' })
  @ApiOkResponse({ type: BroadcastAnswer })
  cancel(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<BroadcastAnswer> {
    return this.steer(who, id, 'cancel');
  }

  private async steer(who: Principal, id: string, act: BroadcastAct): Promise<BroadcastAnswer> {
    if (who.kind !== 'account') refuse('not-allowed');
    await this.own(who, id);
    await this.database.transaction(async (tx) => {
      await this.flow.steer(tx, id, act, { accountId: who.id, at: this.clock.now() });
      await this.record(tx, who, { act, id });
    });
    return this.show(who, id);
  }

  /** One of a brand that somebody works for. @throws HubProblem `not-found` */
  private async own(who: Principal, id: string): Promise<Broadcast> {
    const row = found(await this.broadcasts.find(this.database, id));
    return isOf(who, row) ? row : refuse('not-found');
  }

  private record(
    tx: Transaction,
    who: Principal,
    { act, id, facts }: { act: string; id: string; facts?: Record<string, string | number> },
  ): Promise<void> {
    const entry = { action: `broadcast.${act}`, subject: 'broadcast', subjectId: id, facts };
    return this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...entry, at: this.clock.now() });
  }
}

const isOf = ({ brandIds }: Principal, { brandId }: Broadcast): boolean => brandIds.length === 0 || brandIds.includes(brandId);
