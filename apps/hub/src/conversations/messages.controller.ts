import { Body, Controller, Get, Header, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Conversations, Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
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
  /** The request's key as the message's own: the same key is the same message for ever, also when the answer to it was lost in a crash. */
  readonly clientId: string | null;
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
    private readonly audit: Audit,
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
  async send(
    @CurrentPrincipal() who: Principal,
    @Id() id: string,
    @Body() body: SendMessageBody,
    @Headers('idempotency-key') key?: string,
  ): Promise<MessageAnswer> {
    if (who.kind !== 'account') throw new HubProblem('not-allowed');
    const at = this.clock.now();
    const row = await this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, id);
      const said = { who, body, clientId: key ? `key:${who.id}:${key}` : null, at };
      const message = await (body.kind === 'note' ? this.note(tx, conversation, said) : this.answer(tx, conversation, said));
      const facts = { messageId: message.id, channel: message.channel, ...(body.sensitive && { sensitive: body.sensitive }) };
      const action = body.kind === 'note' ? 'conversation.note' : 'conversation.reply';
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'conversation', subjectId: id, facts, at });
      return message;
    });
    return this.thread.one(row);
  }

  @Post('conversations')
  @HttpCode(201)
  @ApiCreatedResponse({ type: ConversationAnswer })
  async write(@CurrentPrincipal() who: Principal, @Body() body: WriteFirstBody): Promise<ConversationAnswer> {
    if (who.kind !== 'account') throw new HubProblem('not-allowed');
    const at = this.clock.now();
    const id = await this.database.transaction(async (tx) => {
      const made = await this.first.write(tx, who, body, at);
      const about = { action: 'conversation.write-first', subject: 'conversation', subjectId: made, facts: { channel: body.channel } };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
      return made;
    });
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

  private async answer(tx: Transaction, conversation: ConversationRow, { who, body, clientId, at }: Said): Promise<MessageRow> {
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
      sensitive: body.sensitive,
      clientId,
      at,
    });
  }
}
