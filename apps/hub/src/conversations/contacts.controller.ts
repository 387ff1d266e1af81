import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Contacts } from '@claimline/conversations';
import { Database, Outbox, type Clock } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import { DESK_ROLES, Contact, ContactQuery, ContactList, UpdateContact } from '@claimline/protocol';
import { Audit } from '@claimline/people';
import { createZodDto } from 'nestjs-zod';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ContactView } from '../views/contact.view';

class ContactAnswer extends createZodDto(Contact) {}
class ContactQueryParams extends createZodDto(ContactQuery) {}
class ContactListAnswer extends createZodDto(ContactList) {}
class UpdateContactBody extends createZodDto(UpdateContact) {}

/** Customers: finding them, and what is known of one. */
@ApiTags('conversations')
@Controller('api/contacts')
export class ContactsController {
  constructor(
    private readonly database: Database,
    private readonly view: ContactView,
    private readonly contacts: Contacts,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ type: ContactListAnswer })
  async find(@CurrentPrincipal() who: Principal, @Query() query: ContactQueryParams): Promise<ContactListAnswer> {
    return { items: await this.view.find(who, query.q ? searchQuery(query.q) : undefined, query.limit) };
  }

  @Get(':id')
  @ApiOkResponse({ type: ContactAnswer })
  async show(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<ContactAnswer> {
    return found(await this.view.show(who, id, this.clock.now()));
  }

  @Patch(':id')
  @Roles(...DESK_ROLES)
  @ApiOkResponse({ type: ContactAnswer })
  async update(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: UpdateContactBody,
  ): Promise<ContactAnswer> {
    found(await this.contacts.find(this.database, id));
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      const { language, ...rest } = body;
      await this.contacts.update(tx, id, rest);
      const spoken = language === undefined ? [] : await this.contacts.chooseLanguage(tx, id, language);
      await this.contacts.index(tx, [id]);
      await this.outbox.append(
        tx,
        at,
        [null, ...spoken].map((conversationId) => ({ type: 'contact.changed', conversationId, payload: { contactId: id } })),
      );
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'contact.update',
        subject: 'contact',
        subjectId: id,
        facts: { fields: Object.keys(body).join(',') },
        at,
      });
    });
    return found(await this.view.show(who, id, at));
  }
}
