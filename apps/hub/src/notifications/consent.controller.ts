import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Contacts } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { ConsentLedger, PreferencesRepository } from '@claimline/notifications';
import { Audit } from '@claimline/people';
import type { FastifyReply } from 'fastify';
import { found, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { DESK_ROLES } from '@claimline/protocol';
import { ConsentHistoryView } from '../views/consent-history.view';
import { consentCsv } from './consent-csv';
import { ConsentExportParams, ConsentHistoryAnswer, ConsentLinesAnswer, NoteConsentBody, PreferencesDto } from './notifications.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Whether, when and how a customer wants to be written to. */
@ApiTags('conversations')
@Controller('api/contacts/:id')
export class ConsentController {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly preferences: PreferencesRepository,
    private readonly ledger: ConsentLedger,
    private readonly history: ConsentHistoryView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('preferences')
  @ApiOkResponse({ type: PreferencesDto })
  async read(@Id() id: string): Promise<PreferencesDto> {
    found(await this.contacts.find(this.database, id));
    const { channels, quiet } = await this.preferences.of(this.database, id);
    return { channels: [...channels], anyHour: quiet.anyHour, quietFrom: quiet.from, quietTo: quiet.to };
  }

  @Put('preferences')
  @Roles(...DESK_ROLES)
  @ApiOkResponse({ type: PreferencesDto })
  async set(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: PreferencesDto): Promise<PreferencesDto> {
    found(await this.contacts.find(this.database, id));
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.preferences.set(
        tx,
        id,
        { channels: body.channels, quiet: { anyHour: body.anyHour, from: body.quietFrom, to: body.quietTo } },
        at,
      );
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'preferences.set',
        subject: 'contact',
        subjectId: id,
        at,
      });
    });
    return body;
  }

  @Get('consent')
  @ApiOkResponse({ type: ConsentLinesAnswer })
  async consent(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ConsentLinesAnswer> {
    found(await this.contacts.find(this.database, id));
    const addresses = await this.contacts.addressesOf(this.database, id);
    const history = await this.history.of(who, id);
    const lines = await this.ledger.of(
      this.database,
      addresses.map((address) => address.id),
    );
    const valueOf = new Map(addresses.map((address) => [address.id, address.value]));
    return {
      items: lines.map(({ addressId, at, ...line }) => ({
        ...line,
        address: { id: addressId, value: valueOf.get(addressId) ?? '' },
        since: at.toISOString(),
      })),
      history,
    };
  }

  @Get('consent/export')
  @ApiOperation({ summary: 'Who said what about being written to, when, by which channel and what it changed, as a file' })
  @ApiProduces('text/csv', 'application/json')
  @ApiOkResponse({ type: ConsentHistoryAnswer })
  async export(
    @CurrentPrincipal() who: Principal,
    @Id() id: string,
    @Query() { format }: ConsentExportParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConsentHistoryAnswer | string> {
    const contact = found(await this.contacts.find(this.database, id));
    const items = await this.history.of(who, id);
    void reply.header('content-disposition', `attachment; filename="consent-${id}.${format}"`);
    void reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8');
    await this.audit.record(this.database, {
      actor: { kind: who.kind, id: who.id },
      action: 'consent.export',
      subject: 'contact',
      subjectId: id,
      facts: { format },
      at: this.clock.now(),
    });
    return format === 'csv' ? consentCsv(contact.name, items) : { items };
  }

  /** What a customer said to a person or signed. */
  @Post('consent')
  @Roles(...DESK_ROLES)
  @HttpCode(200)
  @ApiOkResponse({ type: ConsentLinesAnswer })
  async note(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: NoteConsentBody): Promise<ConsentLinesAnswer> {
    const addresses = await this.contacts.addressesOf(this.database, id);
    if (!addresses.some((address) => address.id === body.address)) refuse('not-found');
    await this.database.transaction(async (tx) => {
      const { address: addressId, channel, purpose, state, message } = body;
      const letter = message ? found(await this.history.letter(tx, who, id, message)) : undefined;
      const evidence = { by: who.id, ...(letter && { messageId: letter }) };
      await this.ledger.note(tx, { addressId, channel, purpose, state, evidence });
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'consent.note',
        subject: 'address',
        subjectId: addressId,
        facts: { channel, purpose, state },
        at: this.clock.now(),
      });
    });
    return this.consent(who, id);
  }
}
