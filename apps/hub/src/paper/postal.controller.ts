import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Contacts } from '@claimline/conversations';
import { Database, Outbox, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { AddPostalAddress } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';

class AddPostalAddressBody extends createZodDto(AddPostalAddress) {}

/** Where a customer gets letters. */
@ApiTags('conversations')
@Controller('api/contacts')
export class PostalController {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':id/postal-addresses')
  @HttpCode(204)
  @ApiOperation({ summary: 'Notes a postal address of a customer: from then on letters can be written' })
  @ApiNoContentResponse()
  async add(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: AddPostalAddressBody,
  ): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      const contact = found(await this.contacts.find(tx, id));
      const addressId = await this.contacts.hold(
        tx,
        id,
        { scheme: 'postal', scope: '', value: asLines(body.value), name: contact.name },
        { at },
      );
      await this.outbox.append(tx, at, [{ type: 'contact.changed', conversationId: null, payload: { contactId: id } }]);
      const actor = { kind: who.kind, id: who.id };
      await this.audit.record(tx, { actor, action: 'contact.add-address', subject: 'contact', subjectId: id, facts: { addressId }, at });
    });
  }
}

// One spelling, so that the same house is one address.
const asLines = (typed: string): string =>
  typed
    .split(/\r?\n|[;；]/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
