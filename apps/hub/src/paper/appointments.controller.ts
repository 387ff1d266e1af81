import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Put, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Appointments, Conversations, type AppointmentPlan, type ConversationRow } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import {
  AnswerAppointment,
  Appointments as AppointmentList,
  ChangeAppointment,
  NewAppointment,
  PortalAppointment,
} from '@claimline/protocol';
import type { FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { lockVisible } from '../conversations/visible-conversation';
import { InviteCustomer } from '../flows/invite-customer';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PortalDoor } from '../portal/portal-door';
import { AppointmentView, portalOf } from '../views/appointment.view';
import { calendarFile } from './calendar-file';

class AppointmentsAnswer extends createZodDto(AppointmentList) {}
class NewAppointmentBody extends createZodDto(NewAppointment) {}
class ChangeAppointmentBody extends createZodDto(ChangeAppointment) {}
class PortalAppointmentAnswer extends createZodDto(PortalAppointment) {}
class AnswerAppointmentBody extends createZodDto(AnswerAppointment) {}

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Visits that are agreed on: ours to set, change and cancel, the customer's to confirm or to ask for another time. */
@ApiTags('appointments')
@Controller('api')
export class AppointmentsController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly appointments: Appointments,
    private readonly flow: InviteCustomer,
    private readonly view: AppointmentView,
    private readonly door: PortalDoor,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('conversations/:id/appointments')
  @ApiOperation({ summary: 'The appointments with a customer, latest first' })
  @ApiOkResponse({ type: AppointmentsAnswer })
  async list(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<AppointmentsAnswer> {
    return { items: await this.view.ofConversation(who, id) };
  }

  @Post('appointments')
  @HttpCode(201)
  @ApiOperation({ summary: 'Sets an appointment; the customer is invited where they last wrote' })
  @ApiCreatedResponse({ type: AppointmentsAnswer })
  async set(@CurrentPrincipal() who: Principal, @Body() body: NewAppointmentBody): Promise<AppointmentsAnswer> {
    await this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, body.conversation);
      const id = await this.flow.invite(tx, conversation, { ...planOf(body), kind: body.kind, by: who.id }, this.clock.now());
      await this.record(tx, who, 'appointment.set', id);
    });
    return { items: await this.view.ofConversation(who, body.conversation) };
  }

  @Put('appointments/:id')
  @ApiOperation({ summary: 'Another time, place or person; the customer is asked anew' })
  @ApiOkResponse({ type: AppointmentsAnswer })
  change(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ChangeAppointmentBody): Promise<AppointmentsAnswer> {
    return this.act(who, id, 'appointment.change', (tx, row, at) => this.flow.change(tx, row, { id, plan: planOf(body), at }));
  }

  @Post('appointments/:id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'It does not take place; the customer is told' })
  @ApiOkResponse({ type: AppointmentsAnswer })
  cancel(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<AppointmentsAnswer> {
    return this.act(who, id, 'appointment.cancel', (tx, row, at) => this.flow.cancel(tx, row, id, at));
  }

  @Get('portal/appointment/:token/details')
  @ApiOperation({ summary: 'The appointment that a link is about' })
  @ApiOkResponse({ type: PortalAppointmentAnswer })
  async show(@Param('token') token: string, @Req() request: FastifyRequest): Promise<PortalAppointmentAnswer> {
    const link = await this.door.open(request, 'appointment', token);
    return portalOf(found(await this.view.facts(this.database, link.subject!)));
  }

  @Post('portal/appointment/:token/answer')
  @HttpCode(200)
  @ApiOperation({ summary: 'The customer confirms, or asks for another time' })
  @ApiOkResponse({ type: PortalAppointmentAnswer })
  async answer(
    @Param('token') token: string,
    @Body() body: AnswerAppointmentBody,
    @Req() request: FastifyRequest,
  ): Promise<PortalAppointmentAnswer> {
    const link = await this.door.open(request, 'appointment', token);
    const id = link.subject!;
    await this.database.transaction(async (tx) => {
      await this.flow.answer(tx, id, { ...body, at: this.clock.now() });
      const about = { action: 'appointment.answer', subject: 'appointment', subjectId: id, facts: { answer: body.answer } };
      await this.audit.record(tx, { actor: { kind: 'customer', id: null }, ...about, at: this.clock.now() });
    });
    return portalOf(found(await this.view.facts(this.database, id)));
  }

  @Get('portal/appointment/:token/calendar.ics')
  @ApiOperation({ summary: 'The appointment as a calendar file' })
  @ApiOkResponse({ content: { 'text/calendar': { schema: { type: 'string' } } } })
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="appointment.ics"')
  async calendar(@Param('token') token: string, @Req() request: FastifyRequest): Promise<string> {
    const link = await this.door.open(request, 'appointment', token);
    return calendarFile(found(await this.view.facts(this.database, link.subject!)), this.clock.now());
  }

  private async act(
    who: Principal,
    id: string,
    action: string,
    deed: (tx: Transaction, conversation: ConversationRow, at: Date) => Promise<void>,
  ): Promise<AppointmentsAnswer> {
    const { conversation_id: conversation } = found(await this.appointments.find(this.database, id));
    await this.database.transaction(async (tx) => {
      await deed(tx, await lockVisible(this.conversations, tx, who, conversation), this.clock.now());
      await this.record(tx, who, action, id);
    });
    return { items: await this.view.ofConversation(who, conversation) };
  }

  private record(tx: Transaction, who: Principal, action: string, subjectId: string): Promise<void> {
    const actor = { kind: who.kind, id: who.id };
    return this.audit.record(tx, { actor, action, subject: 'appointment', subjectId, facts: {}, at: this.clock.now() });
  }
}

const planOf = (body: ChangeAppointmentBody): AppointmentPlan => ({
  startsAt: new Date(body.startsAt),
  endsAt: new Date(body.endsAt),
  place: body.place,
  participants: body.participants,
  technicianId: body.technician,
});
