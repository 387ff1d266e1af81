import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Catastrophes, type Catastrophe as CatastropheRow } from '@claimline/claims';
import { Database, Outbox, type Clock, type Transaction } from '@claimline/database';
import { Accounts, Audit } from '@claimline/people';
import type { Catastrophe, SurgeState } from '@claimline/protocol';
import { found, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { StormFigures } from '../views/storm-figures.view';
import {
  CatastropheAnswer,
  CatastrophesAnswer,
  ChangeCatastropheBody,
  EnterCatastropheBody,
  SurgeAnswer,
  SwitchSurgeBody,
  TagClaimsBody,
  TaggedClaimsAnswer,
} from './catastrophes.dto';
import { surgeKey, SurgeSwitch } from './surge-switch';

/** What is changed, for the audit and for the consoles. */
interface Deed {
  readonly action: string;
  readonly subject: string;
  readonly id: string;
  readonly facts?: Record<string, string | number | boolean | null>;
  readonly event: { readonly type: string; readonly payload: Record<string, unknown> };
}

/** Events that bring many claims, and the acknowledgement for the days after them. */
@ApiTags('catastrophes')
@Controller('api')
export class CatastrophesController {
  constructor(
    private readonly database: Database,
    private readonly catastrophes: Catastrophes,
    private readonly figures: StormFigures,
    private readonly surge: SurgeSwitch,
    private readonly accounts: Accounts,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('catastrophes')
  @ApiOperation({ summary: 'Every event with what stands at it, and the acknowledgement' })
  @ApiOkResponse({ type: CatastrophesAnswer })
  async list(@CurrentPrincipal() who: Principal): Promise<CatastrophesAnswer> {
    const rows = await this.catastrophes.list(this.database);
    const items: Catastrophe[] = [];
    for (const row of rows) items.push(await this.shown(who, row));
    return { items, surge: await this.surgeState() };
  }

  @Post('catastrophes')
  @Roles('supervisor', 'administrator')
  @ApiOperation({ summary: 'Enters an event; claims whose loss falls into its area and time get its tag' })
  @ApiCreatedResponse({ type: CatastropheAnswer })
  async enter(@CurrentPrincipal() who: Principal, @Body() body: EnterCatastropheBody): Promise<CatastropheAnswer> {
    const id = await this.database.transaction(async (tx) => {
      const by = { accountId: accountOf(who), at: this.clock.now() };
      const entered = (await this.catastrophes.enter(tx, body, by)) ?? refuse('already-exists', { tag: body.tag });
      await this.catastrophes.applyRules(tx);
      await this.did(tx, who, change(entered, 'enter', { tag: body.tag }));
      return entered;
    });
    return this.shown(who, found(await this.catastrophes.find(this.database, id)));
  }

  @Patch('catastrophes/:id')
  @Roles('supervisor', 'administrator')
  @ApiOperation({ summary: 'Changes an event, closes it or opens it again' })
  @ApiOkResponse({ type: CatastropheAnswer })
  async change(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: ChangeCatastropheBody,
  ): Promise<CatastropheAnswer> {
    await this.database.transaction(async (tx) => {
      found(await this.catastrophes.find(tx, id));
      await this.catastrophes.change(tx, id, body, this.clock.now());
      await this.catastrophes.applyRules(tx);
      await this.did(tx, who, change(id, 'change', body.state ? { state: body.state } : {}));
    });
    return this.shown(who, found(await this.catastrophes.find(this.database, id)));
  }

  @Post('catastrophes/:id/claims')
  @HttpCode(200)
  @Roles('supervisor', 'administrator')
  @ApiOperation({ summary: 'These claims belong to the event, or do not' })
  @ApiOkResponse({ type: TaggedClaimsAnswer })
  async tag(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: TagClaimsBody,
  ): Promise<TaggedClaimsAnswer> {
    const reader = { ...who, id: accountOf(who) ?? refuse('not-allowed') };
    const changed = await this.database.transaction(async (tx) => {
      const { tag } = found(await this.catastrophes.find(tx, id));
      const wish = { tag, numbers: body.claims, belong: body.belong };
      const count = await this.catastrophes.tag(tx, wish, { reader, at: this.clock.now() });
      await this.did(tx, who, change(id, body.belong ? 'tag' : 'untag', { count }));
      return count;
    });
    return { changed };
  }

  @Get('surge')
  @ApiOperation({ summary: 'Whether customers are told by themselves that their message has arrived, and what they are told' })
  @ApiOkResponse({ type: SurgeAnswer })
  async surgeNow(): Promise<SurgeAnswer> {
    return this.surgeState();
  }

  @Put('surge')
  @Roles('supervisor', 'administrator')
  @ApiOperation({ summary: 'Switches the acknowledgement on or off' })
  @ApiOkResponse({ type: SurgeAnswer })
  async switch(@CurrentPrincipal() who: Principal, @Body() body: SwitchSurgeBody): Promise<SurgeAnswer> {
    const by = accountOf(who) ?? refuse('not-allowed');
    await this.database.transaction(async (tx) => {
      await this.surge.write(tx, { ...body, by });
      await this.did(tx, who, {
        action: body.on ? 'surge.on' : 'surge.off',
        subject: 'setting',
        id: 'storm.acknowledgement',
        facts: { catastrophe: body.catastrophe, channels: body.channels.join(' ') },
        event: { type: 'surge.changed', payload: { on: body.on } },
      });
    });
    return this.surgeState();
  }

  private async surgeState(): Promise<SurgeState> {
    const now = this.clock.now();
    const surge = await this.surge.read(this.database);
    const by = surge && (await this.accounts.find(this.database, surge.by));
    const brand = surge?.brands[0] ?? null;
    return {
      on: surge?.on ?? false,
      since: surge?.since ?? null,
      by: by ? { id: by.id, name: by.name } : null,
      brands: [...(surge?.brands ?? [])],
      channels: [...(surge?.channels ?? [])],
      catastrophe: surge?.catastrophe ?? null,
      waitHours: (await this.surge.wait(this.database, brand)) ?? null,
      waiting: (await this.figures.queue(this.database, surge?.brands ?? [], now)).waiting,
      acknowledged: surge?.on ? await this.figures.acknowledged(this.database, surgeKey(surge), new Date(surge.since)) : 0,
    };
  }

  private async shown(who: Principal, row: CatastropheRow): Promise<Catastrophe> {
    const { jurisdictions, lines, words, createdAt, ...rest } = row;
    const figures = await this.figures.of(this.database, who, row);
    return {
      ...rest,
      jurisdictions: [...jurisdictions],
      lines: [...lines],
      words: [...words],
      createdAt: createdAt.toISOString(),
      figures,
    };
  }

  private async did(tx: Transaction, who: Principal, { action, subject, id, facts, event }: Deed): Promise<void> {
    const at = this.clock.now();
    await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject, subjectId: id, facts, at });
    await this.outbox.append(tx, at, [{ ...event, conversationId: null }]);
  }
}

const accountOf = (who: Principal): string | null => (who.kind === 'account' ? who.id : null);

const change = (id: string, what: string, facts: Deed['facts']): Deed => ({
  action: `catastrophe.${what}`,
  subject: 'catastrophe',
  id,
  facts,
  event: { type: 'catastrophe.changed', payload: { catastropheId: id, change: what } },
});
