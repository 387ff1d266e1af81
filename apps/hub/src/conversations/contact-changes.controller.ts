import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ContactChanges } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import { Contact, ContactChangeList, MergeContacts as MergeSchema, MergeReview, MergeReviewQuery, SplitContact } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';
import { MergeContacts } from '../flows/merge-contacts';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ContactView } from '../views/contact.view';

class MergeReviewParams extends createZodDto(MergeReviewQuery) {}
class MergeReviewAnswer extends createZodDto(MergeReview) {}
class MergeBody extends createZodDto(MergeSchema) {}
class SplitBody extends createZodDto(SplitContact) {}
class ChangesAnswer extends createZodDto(ContactChangeList) {}
class ContactAnswer extends createZodDto(Contact) {}

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Two customers who are one, one who is two, and taking either back. */
@ApiTags('conversations')
@Controller('api')
export class ContactChangesController {
  constructor(
    private readonly database: Database,
    private readonly flow: MergeContacts,
    private readonly changes: ContactChanges,
    private readonly view: ContactView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('contacts/:id/merge-review')
  @ApiOperation({ summary: 'What two contacts do not agree on, before they become one' })
  @ApiOkResponse({ type: MergeReviewAnswer })
  async review(@CurrentPrincipal() who: Principal, @Id() id: string, @Query() query: MergeReviewParams): Promise<MergeReviewAnswer> {
    const at = this.clock.now();
    const seen = found(await this.view.show(who, query.with, at));
    const { kept, other, refusal, conflicts } = await this.database.transaction((tx) =>
      this.flow.review(tx, who, { keptId: id, otherId: query.with }),
    );
    const optOuts = seen.addresses.flatMap(({ consent }) => consent).filter(({ state }) => state === 'opted-out').length;
    return {
      kept: { id: kept.contact.id, name: kept.contact.name },
      other: { id: other.contact.id, name: other.contact.name },
      refusal,
      conflicts: [...conflicts],
      moves: { addresses: seen.addresses.map(({ value }) => value), claims: seen.claims.map(({ number }) => number), optOuts },
    };
  }

  @Post('contacts/:id/merge')
  @HttpCode(200)
  @Roles('adjuster', 'supervisor', 'administrator')
  @ApiOperation({ summary: 'The other contact becomes this one; undone by its change' })
  @ApiOkResponse({ type: ContactAnswer })
  async merge(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: MergeBody): Promise<ContactAnswer> {
    const { with: otherId, ...choice } = body;
    await this.change(who, { action: 'contact.merge', subjectId: id, facts: { other: otherId } }, (tx, at) =>
      this.flow.merge(tx, { keptId: id, otherId }, choice, { who, at }),
    );
    return found(await this.view.show(who, id, this.clock.now()));
  }

  @Post('contacts/:id/split')
  @HttpCode(201)
  @Roles('adjuster', 'supervisor', 'administrator')
  @ApiOperation({ summary: 'Some addresses are somebody else’s: a new contact gets them, with what was said from them' })
  @ApiCreatedResponse({ type: ContactAnswer })
  async split(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: SplitBody): Promise<ContactAnswer> {
    await this.change(who, { action: 'contact.split', subjectId: id, facts: {} }, (tx, at) => this.flow.split(tx, id, body, { who, at }));
    return found(await this.view.show(who, id, this.clock.now()));
  }

  @Get('contacts/:id/changes')
  @ApiOperation({ summary: 'Merges and splits of a contact, newest first' })
  @ApiOkResponse({ type: ChangesAnswer })
  async history(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ChangesAnswer> {
    const { id: living } = found(await this.view.show(who, id, this.clock.now()));
    const items = await this.changes.of(this.database, living);
    return {
      items: items.map(({ kind, keptId, otherId, otherName, actor, at, undoneAt, id: changeId }) => ({
        id: changeId,
        kind,
        keptId,
        otherId,
        otherName,
        actor,
        at: at.toISOString(),
        undoneAt: undoneAt?.toISOString() ?? null,
      })),
    };
  }

  @Post('contact-changes/:id/undo')
  @HttpCode(200)
  @Roles('adjuster', 'supervisor', 'administrator')
  @ApiOperation({ summary: 'Takes a merge or a split back; what has come since stays where it came' })
  @ApiOkResponse({ type: ContactAnswer })
  async undo(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ContactAnswer> {
    const keptId = await this.change(who, { action: 'contact.undo', subjectId: id, facts: {} }, (tx, at) =>
      this.flow.undo(tx, id, { who, at }),
    );
    return found(await this.view.show(who, keptId, this.clock.now()));
  }

  private change<Answer>(
    who: Principal,
    told: { action: string; subjectId: string; facts: Record<string, string> },
    work: (tx: Transaction, at: Date) => Promise<Answer>,
  ): Promise<Answer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const answer = await work(tx, at);
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, subject: 'contact', ...told, at });
      return answer;
    });
  }
}
