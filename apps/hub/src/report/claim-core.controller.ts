import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClaimCoreEventRepository, ClaimCoreLine, type StoredClaimCoreEvent } from '@claimline/claims';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import type { ClaimCoreDelivery } from '@claimline/protocol';
import { SealedEndpoints } from '../claims/line-out/sealed-endpoints';
import { CLAIM_CORE, TellClaimCore } from '../flows/tell-claim-core';
import { fromCursor, toCursor } from '../http/cursor';
import { found, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import {
  ClaimCoreDeliveryPageAnswer,
  ClaimCoreDeliveryQueryParams,
  ClaimCoreFeedAnswer,
  ClaimCoreFeedQueryParams,
  ClaimCoreSavedAnswer,
  ClaimCoreSettingsAnswer,
  SetClaimCoreBody,
} from './report.dto';

/** The line to the claim core: where it listens, what it was told and how that went, and the same to be asked for. */
@ApiTags('claim-core')
@Controller('api/claim-core')
export class ClaimCoreController {
  constructor(
    private readonly database: Database,
    private readonly events: ClaimCoreEventRepository,
    private readonly line: ClaimCoreLine,
    private readonly endpoints: SealedEndpoints,
    private readonly tell: TellClaimCore,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Roles('administrator', 'supervisor', 'auditor')
  @ApiOperation({ summary: 'Where the claim core listens' })
  @ApiOkResponse({ type: ClaimCoreSettingsAnswer })
  settings(): Promise<ClaimCoreSettingsAnswer> {
    return this.endpoints.shown(this.database, CLAIM_CORE);
  }

  @Put()
  @Roles('administrator')
  @ApiOperation({ summary: 'Sets the address and the signing secret (Standard Webhooks); the first secret is made and shown this once' })
  @ApiOkResponse({ type: ClaimCoreSavedAnswer })
  async save(@CurrentPrincipal() who: Principal, @Body() body: SetClaimCoreBody): Promise<ClaimCoreSavedAnswer> {
    const { hasSecret } = await this.settings();
    const made = body.secret === undefined && !hasSecret ? `whsec_${randomBytes(32).toString('base64')}` : null;
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      const change = { at, by: who.kind === 'account' ? who.id : null };
      await this.endpoints.write(
        tx,
        CLAIM_CORE,
        { url: body.url, secret: body.secret ?? made ?? undefined, claimPage: body.claimPage },
        change,
      );
      await this.note(tx, who, 'setting.change', CLAIM_CORE);
    });
    return { ...(await this.settings()), secret: made };
  }

  @Get('deliveries')
  @Roles('administrator', 'supervisor', 'auditor')
  @ApiOperation({ summary: 'What the claim core was told and how the telling went, newest first' })
  @ApiOkResponse({ type: ClaimCoreDeliveryPageAnswer })
  async deliveries(@CurrentPrincipal() who: Principal, @Query() query: ClaimCoreDeliveryQueryParams): Promise<ClaimCoreDeliveryPageAnswer> {
    const place = fromCursor(query.before, 2);
    const before = place ? { at: new Date(String(place[0])), id: String(place[1]) } : null;
    const rows = await this.events.newest(this.database, who, { limit: query.limit + 1, before });
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const next = rows.length > shown.length && last ? toCursor([last.createdAt.toISOString(), last.id]) : null;
    return { items: shown.map(deliveryOf), next };
  }

  @Post('deliveries/:id/replay')
  @HttpCode(200)
  @Roles('administrator')
  @ApiOperation({ summary: 'Sends one event again, with its first id: a claim core that has it recognises it' })
  @ApiOkResponse({ type: ClaimCoreDeliveryPageAnswer })
  async replay(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<ClaimCoreDeliveryPageAnswer> {
    found(await this.events.shown(this.database, who, id));
    await this.database.transaction(async (tx) => {
      if (!(await this.tell.replay(tx, id))) refuse('request-in-flight');
      await this.note(tx, who, 'claim-core.replay', id);
    });
    return { items: [deliveryOf(found(await this.events.find(this.database, id)))], next: null };
  }

  @Get('events')
  @Roles('integration', 'administrator')
  @ApiOperation({ summary: 'The same events to be asked for, oldest first after a position; none is missed, however they were committed' })
  @ApiOkResponse({ type: ClaimCoreFeedAnswer })
  async feed(@CurrentPrincipal() who: Principal, @Query() query: ClaimCoreFeedQueryParams): Promise<ClaimCoreFeedAnswer> {
    // The claim core owns what it reads; a person who looks sees the claims that are theirs to see.
    const reader = who.kind === 'account' ? who : null;
    const items = await this.line.after(this.database, reader, { position: query.after, limit: query.limit });
    return { items: items.map(({ event }) => ({ ...event, data: { ...event.data } })), next: items.at(-1)?.position ?? query.after };
  }

  private note(tx: Transaction, who: Principal, action: string, subjectId: string): Promise<void> {
    const actor = { kind: who.kind, id: who.id };
    return this.audit.record(tx, {
      actor,
      action,
      subject: action.startsWith('setting') ? 'setting' : 'claim-core-event',
      subjectId,
      at: this.clock.now(),
    });
  }
}

function deliveryOf(row: StoredClaimCoreEvent): ClaimCoreDelivery {
  return {
    id: row.id,
    type: row.type,
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    lastStatus: row.lastStatus,
    problem: row.problem,
    triedAt: row.triedAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    at: row.createdAt.toISOString(),
  };
}
