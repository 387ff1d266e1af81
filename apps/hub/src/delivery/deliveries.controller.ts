import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Conversations, Threads } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Deliveries } from '@claimline/delivery';
import { Audit, type AuditEntry } from '@claimline/people';
import { lockVisible } from '../conversations/visible-conversation';
import { RetryDelivery } from '../flows/retry-delivery';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { AnotherWay } from './another-way';
import { DeliveryMarkAnswer, ResendMessageBody } from './delivery.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** What a person does about a message that did not arrive. */
@ApiTags('deliveries')
@Controller('api')
export class DeliveriesController {
  constructor(
    private readonly database: Database,
    private readonly rows: Conversations,
    private readonly threads: Threads,
    private readonly deliveries: Deliveries,
    private readonly flow: RetryDelivery,
    private readonly anotherWay: AnotherWay,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  /** Once more the same way. */
  @Post('deliveries/:id/retry')
  @ApiCreatedResponse({ type: DeliveryMarkAnswer })
  async retry(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<DeliveryMarkAnswer> {
    const { conversation_id: conversationId } = found(await this.deliveries.find(this.database, id));
    return this.database.transaction(async (tx) => {
      await lockVisible(this.rows, tx, who, conversationId);
      const { id: retryId, state } = await this.flow.retry(tx, id, this.clock.now());
      await this.note(tx, who, { action: 'delivery.retry', subject: 'delivery', subjectId: id, facts: { retryId } });
      return { state };
    });
  }

  /** "Send another way". */
  @Post('messages/:id/resend')
  @ApiCreatedResponse({ type: DeliveryMarkAnswer })
  async resend(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ResendMessageBody): Promise<DeliveryMarkAnswer> {
    const message = found(await this.threads.find(this.database, id));
    return this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.rows, tx, who, message.conversation_id);
      const outlet = await this.anotherWay.choose(tx, conversation, message, body);
      const { id: deliveryId, state } = await this.flow.resend(tx, { id, conversationId: conversation.id }, outlet, this.clock.now());
      const facts = { deliveryId, channel: outlet.channel };
      await this.note(tx, who, { action: 'message.resend', subject: 'message', subjectId: id, facts });
      return { state };
    });
  }

  private async note(tx: Transaction, who: Principal, done: Omit<AuditEntry, 'actor' | 'at'>): Promise<void> {
    await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...done, at: this.clock.now() });
  }
}
