import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES } from '@claimline/protocol';
import type { FastifyRequest } from 'fastify';
import { ChoosePreferences } from '../flows/choose-preferences';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ContactView } from '../views/contact.view';
import { CustomerChoicesView } from '../views/customer-choices.view';
import { PortalDoor } from './portal-door';
import { PortalChoicesAnswer, PortalChooseBody, PortalPreferencesPageAnswer, PreferencesLinkSentAnswer } from './portal-preferences.dto';

/** The page on which customers say by themselves how they want to be written to. Public behind its token; nothing on it is worth a code. */
@ApiTags('portal')
@Controller('api')
export class PortalPreferencesController {
  constructor(
    private readonly database: Database,
    private readonly door: PortalDoor,
    private readonly view: CustomerChoicesView,
    private readonly flow: ChoosePreferences,
    private readonly contacts: ContactView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('portal/preferences/:token/choices')
  @ApiOperation({ summary: 'How this customer is written to: language, channels, hours, consents' })
  @ApiOkResponse({ type: PortalChoicesAnswer })
  async show(@Param('token') token: string, @Req() request: FastifyRequest): Promise<PortalChoicesAnswer> {
    const link = await this.door.open(request, 'preferences', token);
    return this.view.of(link.contactId);
  }

  @Post('portal/preferences/:token/choices')
  @HttpCode(200)
  @ApiOperation({ summary: 'The customer changes it; what is not given stays' })
  @ApiOkResponse({ type: PortalChoicesAnswer })
  async choose(
    @Param('token') token: string,
    @Body() body: PortalChooseBody,
    @Req() request: FastifyRequest,
  ): Promise<PortalChoicesAnswer> {
    const link = await this.door.open(request, 'preferences', token);
    const offered = await this.view.of(link.contactId);
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.flow.choose(tx, link, { chosen: body, offered }, at);
      const about = { action: 'preferences.choose', subject: 'contact', subjectId: link.contactId, facts: { link: link.id } };
      await this.audit.record(tx, { actor: { kind: 'customer', id: null }, ...about, at });
    });
    return this.view.of(link.contactId);
  }

  @Post('portal/home/preferences')
  @HttpCode(200)
  @ApiOperation({ summary: 'Opens that page for whoever has signed in' })
  @ApiOkResponse({ type: PortalPreferencesPageAnswer })
  async openPage(@Req() request: FastifyRequest): Promise<PortalPreferencesPageAnswer> {
    const { contactId } = await this.door.signedIn(request);
    return { path: await this.database.transaction((tx) => this.flow.openPage(tx, contactId, this.clock.now())) };
  }

  @Post('contacts/:id/preferences-link')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Sends a customer the link to that page, where they last wrote' })
  @ApiOkResponse({ type: PreferencesLinkSentAnswer })
  async send(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<PreferencesLinkSentAnswer> {
    const contact = found(await this.contacts.show(who, id, this.clock.now()));
    const last = found(contact.conversations.find(({ status }) => status !== 'resolved') ?? contact.conversations[0]);
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const sent = await this.flow.sendLink(tx, last.id, at);
      const about = { action: 'preferences.send-link', subject: 'contact', subjectId: id };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
      return sent;
    });
  }
}
