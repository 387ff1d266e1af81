import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CHANNEL_KINDS } from '@claimline/channels';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { fieldsOf } from './channel-form';
import { ChannelKindsAnswer, CreateInboxBody, InboxAnswer, InboxCheckAnswer, InboxesAnswer, UpdateInboxBody } from './delivery.dto';
import { InboxSettings } from './inbox-settings';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** The lines to the outside world, and the kinds of them that this build knows. */
@ApiTags('inboxes')
@Controller('api')
export class InboxesController {
  constructor(private readonly settings: InboxSettings) {}

  @Get('inboxes')
  @Roles('administrator', 'supervisor', 'auditor')
  @ApiOkResponse({ type: InboxesAnswer })
  async list(): Promise<InboxesAnswer> {
    return { items: await this.settings.list() };
  }

  @Get('channel-kinds')
  @Roles('administrator', 'supervisor', 'auditor')
  @ApiOkResponse({ type: ChannelKindsAnswer })
  kinds(): ChannelKindsAnswer {
    return { items: CHANNEL_KINDS.map((kind) => ({ kind: kind.kind, title: kind.title, fields: fieldsOf(kind) })) };
  }

  @Post('inboxes')
  @Roles('administrator')
  @ApiCreatedResponse({ type: InboxAnswer })
  create(@CurrentPrincipal() who: Principal, @Body() body: CreateInboxBody): Promise<InboxAnswer> {
    return this.settings.create(who, body);
  }

  @Patch('inboxes/:id')
  @Roles('administrator')
  @ApiOkResponse({ type: InboxAnswer })
  update(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: UpdateInboxBody): Promise<InboxAnswer> {
    return this.settings.update(who, id, body);
  }

  @Post('inboxes/:id/check')
  @HttpCode(200)
  @Roles('administrator')
  @ApiOkResponse({ type: InboxCheckAnswer })
  check(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<InboxCheckAnswer> {
    return this.settings.check(who, id);
  }
}
