import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Conversations, Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { SendReply } from '../flows/send-reply';
import { WriteFirst } from '../flows/write-first';
import { found, HubProblem } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ComposerView } from '../views/composer.view';
import { ConversationDetail } from '../views/conversation-detail.view';
import { ThreadView } from '../views/thread.view';
import {
  ComposerAnswer,
  ConversationAnswer,
  MessageAnswer,
  SendMessageBody,
  ThreadAnswer,
  ThreadQueryParams,
  WriteFirstBody,
} from './conversations.dto';
import { Outlets } from './outlets';
import { RenderedReply } from './rendered-reply';
import { sanitizeMail } from './sanitize-mail';
import { lockVisible } from './visible-conversation';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** What somebody wants to say, and when. */
interface Said {
  readonly who: Principal;
  readonly body: SendMessageBody;
  readonly at: Date;
}

/** The thread: reading it, answering, writing first. */
@ApiTags('conversations')
@Controller('api')
export class MessagesController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly detail: ConversationDetail,
    private readonly thread: ThreadView,
    private readonly composerView: ComposerView,
    private readonly outlets: Outlets,
    private readonly rendered: RenderedReply,
    private readonly reply: SendReply,
    private readonly first: WriteFirst,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('conversations/:id/messages')
  @ApiOkResponse({ type: ThreadAnswer })
  async messages(@CurrentPrincipal() who: Principal, @Id() id: string, @Query() query: ThreadQueryParams): Promise<ThreadAnswer> {
    found(await this.detail.row(who, id));
    return this.thread.page(id, query);
  }

  @Get('conversations/:id/composer')
  @ApiOkResponse({ type: ComposerAnswer })
  async composer(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ComposerAnswer> {
    return this.composerView.of(found(await this.detail.row(who, id)), this.clock.now());
  }

  @Post('conversations/:id/messages')
  @HttpCode(201)
  @ApiCreatedResponse({ type: MessageAnswer })
  async send(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: SendMessageBody): Promise<MessageAnswer> {
    if (who.kind !== 'account') throw new HubProblem('not-allowed');
    const at = this.clock.now();
    const row = await this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, id);
      const said = { who, body, at };
      return body.kind === 'note' ? this.note(tx, conversation, said) : this.answer(tx, conversation, said);
    });
    return this.thread.one(row);
  }

  @Post('conversations')
  @HttpCode(201)
  @ApiCreatedResponse({ type: ConversationAnswer })
  async write(@CurrentPrincipal() who: Principal, @Body() body: WriteFirstBody): Promise<ConversationAnswer> {
    if (who.kind !== 'account') throw new HubProblem('not-allowed');
    const at = this.clock.now();
    const id = await this.database.transaction((tx) => this.first.write(tx, who, body, at));
    return found(await this.detail.show(who, id, at));
  }

  /** The HTML of a mail, sanitised, for a sandboxed frame: no script, no form, no picture from elsewhere. */
  @Get('messages/:id/html')
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox allow-popups")
  async html(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<string> {
    const message = found(await this.threads.find(this.database, id));
    found(await this.detail.row(who, message.conversation_id));
    return sanitizeMail(found(await this.threads.original(this.database, id)));
  }

  private async note(tx: Transaction, conversation: ConversationRow, { who, body, at }: Said): Promise<MessageRow> {
    if (body.text.trim() === '' && !body.attachments?.length)
      throw new HubProblem('invalid', {}, [{ path: 'text', problem: 'a note needs words or a file' }]);
    return this.reply.note(tx, conversation, { authorId: who.id, text: body.text, attachments: body.attachments ?? [], at });
  }

  private async answer(tx: Transaction, conversation: ConversationRow, { who, body, at }: Said): Promise<MessageRow> {
    const outlet = await this.outlets.choose(tx, conversation, body);
    const { text, subject } = await this.rendered.of(tx, conversation, {
      text: body.text,
      subject: body.subject ?? null,
      template: body.template,
      channel: outlet.channel,
    });
    if (text.trim() === '' && !body.attachments?.length)
      throw new HubProblem('invalid', {}, [{ path: 'text', problem: 'a reply needs words, a template or a file' }]);
    await this.outlets.refuseTooLong(outlet, text);
    return this.reply.send(tx, conversation, {
      authorId: who.id,
      text,
      subject,
      attachments: body.attachments ?? [],
      outlet,
      purpose: 'reply',
      seen: body.seen ?? null,
      at,
    });
  }
}
