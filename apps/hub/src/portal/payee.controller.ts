import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PAYEE_METHODS, PayeeChoices } from '@claimline/claims';
import { Contacts, Conversations } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { salutation } from '@claimline/notifications';
import { Audit } from '@claimline/people';
import { ChoosePayee as ChoosePayeeSchema, PayeeChoiceForCore, PayeeChosen, PayeeLinkSent, PayeeQuestion } from '@claimline/protocol';
import type { FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { lockVisible } from '../conversations/visible-conversation';
import { ChoosePayee } from '../flows/choose-payee';
import { OfferPayee } from '../flows/offer-payee';
import { found, HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PortalWelcomeView } from '../views/portal-welcome.view';
import { PortalDoor } from './portal-door';

class ChoosePayeeBody extends createZodDto(ChoosePayeeSchema) {}
class PayeeQuestionAnswer extends createZodDto(PayeeQuestion) {}
class PayeeChosenAnswer extends createZodDto(PayeeChosen) {}
class PayeeChoiceAnswer extends createZodDto(PayeeChoiceForCore) {}
class PayeeLinkSentAnswer extends createZodDto(PayeeLinkSent) {}

/** Where the money goes: the customer's page behind its link and code, and the claim core that fetches what was chosen. */
@ApiTags('payee')
@Controller('api')
export class PayeeController {
  constructor(
    private readonly database: Database,
    private readonly door: PortalDoor,
    private readonly welcome: PortalWelcomeView,
    private readonly contacts: Contacts,
    private readonly conversations: Conversations,
    private readonly flow: ChoosePayee,
    private readonly offers: OfferPayee,
    private readonly choices: PayeeChoices,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('portal/payee/:token/choice')
  @ApiOperation({ summary: 'What the payee is asked; wants the code first (`step-up-needed`)' })
  @ApiOkResponse({ type: PayeeQuestionAnswer })
  async ask(@Param('token') token: string, @Req() request: FastifyRequest): Promise<PayeeQuestionAnswer> {
    const link = await this.door.open(request, 'payee', token);
    await this.door.stepUp(request, link);
    const contact = found(await this.contacts.find(this.database, link.contactId));
    const { language } = await this.welcome.brandOf(link);
    return { claim: link.claimNumber ?? '', salutation: salutation(contact, language), methods: [...PAYEE_METHODS] };
  }

  @Post('portal/payee/:token/choice')
  @HttpCode(200)
  @ApiOperation({ summary: 'The payee chooses; works once. What is typed is sealed and shown to nobody' })
  @ApiOkResponse({ type: PayeeChosenAnswer })
  async choose(
    @Param('token') token: string,
    @Body() { payee }: ChoosePayeeBody,
    @Req() request: FastifyRequest,
  ): Promise<PayeeChosenAnswer> {
    const link = await this.door.open(request, 'payee', token);
    await this.door.stepUp(request, link);
    const choice = await this.database.transaction((tx) => this.flow.choose(tx, link, payee, this.clock.now()));
    if (!choice) throw new HubProblem('link-used');
    return { method: choice.method, last4: choice.last4 };
  }

  @Post('conversations/:id/payee-link')
  @HttpCode(200)
  @Roles('adjuster', 'supervisor', 'administrator')
  @ApiOperation({ summary: 'Sends the customer a one-time link to choose how they are paid; only to an address older than a fortnight' })
  @ApiOkResponse({ type: PayeeLinkSentAnswer })
  async sendLink(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<PayeeLinkSentAnswer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const sent = await this.offers.offer(tx, await lockVisible(this.conversations, tx, who, id), at);
      await this.note(tx, who, { action: 'payee.link', subject: 'conversation', subjectId: id, at });
      return sent;
    });
  }

  @Get('claims/:number/payee-choice/:id')
  @Roles('integration')
  @ApiOperation({ summary: 'For the claim core: what was chosen, until it has said that it has it' })
  @ApiOkResponse({ type: PayeeChoiceAnswer })
  async show(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Param('id', new ParseUUIDPipe()) id: string,
  ): Promise<PayeeChoiceAnswer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const choice = found(await this.choices.find(tx, number, id));
      const details = (await this.choices.open(tx, id, at)) ?? null;
      await this.note(tx, who, { action: 'payee.fetch', subject: 'payee-choice', subjectId: id, at });
      const { claimNumber, method, last4, chosenAt, acknowledgedAt } = choice;
      const times = { chosenAt: chosenAt.toISOString(), acknowledgedAt: acknowledgedAt?.toISOString() ?? null };
      return { id, claimNumber, method, last4, ...times, details };
    });
  }

  @Post('claims/:number/payee-choice/:id/acknowledge')
  @HttpCode(204)
  @Roles('integration')
  @ApiOperation({ summary: 'The claim core has the details: they are erased here. Saying so again changes nothing' })
  @ApiNoContentResponse()
  async acknowledge(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Param('id', new ParseUUIDPipe()) id: string,
  ): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      found(await this.choices.find(tx, number, id));
      await this.choices.acknowledge(tx, id, at);
      await this.note(tx, who, { action: 'payee.acknowledge', subject: 'payee-choice', subjectId: id, at });
    });
  }

  private note(tx: Transaction, who: Principal, done: { action: string; subject: string; subjectId: string; at: Date }): Promise<void> {
    return this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...done });
  }
}
