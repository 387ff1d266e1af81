import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Inboxes } from '@claimline/delivery';
import { Accounts, aliasProblem, Audit, MailAliases, type MailAlias } from '@claimline/people';
import { found, HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { AddMailAliasBody, MailAliasAnswer, MailAliasesAnswer } from './team.dto';

/** Mail addresses that belong to one adjuster each. */
@ApiTags('people')
@Controller('api/mail-aliases')
export class MailAliasesController {
  constructor(
    private readonly database: Database,
    private readonly aliases: MailAliases,
    private readonly accounts: Accounts,
    private readonly inboxes: Inboxes,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The mail addresses of adjusters' })
  @ApiOkResponse({ type: MailAliasesAnswer })
  async list(): Promise<MailAliasesAnswer> {
    const [aliases, accounts] = await Promise.all([this.aliases.list(this.database), this.accounts.list(this.database)]);
    const names = new Map(accounts.map(({ id, name }) => [id, name]));
    return { items: aliases.flatMap((alias) => (names.has(alias.accountId) ? [toAnswer(alias, names.get(alias.accountId)!)] : [])) };
  }

  @Post()
  @Roles('supervisor', 'administrator')
  @ApiOperation({ summary: 'Give an adjuster a mail address of their own in an inbox' })
  @ApiCreatedResponse({ type: MailAliasAnswer })
  async add(@CurrentPrincipal() who: Principal, @Body() body: AddMailAliasBody): Promise<MailAliasAnswer> {
    const at = this.clock.now();
    return await this.database.transaction(async (tx) => {
      const account = found(await this.accounts.find(tx, body.account));
      await this.check(tx, body.inbox, body.address);
      const alias = await this.aliases.add(tx, { accountId: account.id, inboxId: body.inbox, address: body.address }, at);
      if (!alias) throw new HubProblem('already-exists');
      await this.record(tx, who, { action: 'mail-alias.add', alias, at });
      return toAnswer(alias, account.name);
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles('supervisor', 'administrator')
  @ApiOperation({ summary: 'Take the address away; what is sent to it is refused from now on' })
  @ApiNoContentResponse()
  async remove(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      const alias = found(await this.aliases.remove(tx, id));
      await this.record(tx, who, { action: 'mail-alias.remove', alias, at });
    });
  }

  /** @throws HubProblem `invalid` where the address cannot be one of that inbox */
  private async check(tx: Transaction, inboxId: string, address: string): Promise<void> {
    const inbox = found(await this.inboxes.find(tx, inboxId));
    const problem = inbox.kind === 'email' ? aliasProblem(address, inbox.address.toLowerCase()) : 'not-an-address';
    if (problem) throw new HubProblem('invalid', {}, [{ path: 'address', problem }]);
    const taken = (await this.inboxes.all(tx)).some((one) => one.kind === 'email' && one.address.toLowerCase() === address);
    if (taken) throw new HubProblem('already-exists');
  }

  private async record(
    tx: Transaction,
    who: Principal,
    { action, alias, at }: { action: string; alias: MailAlias; at: Date },
  ): Promise<void> {
    const facts = { account: alias.accountId, inbox: alias.inboxId };
    await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'mail-alias', subjectId: alias.id, facts, at });
  }
}

const toAnswer = ({ id, accountId, inboxId, address }: MailAlias, name: string): MailAliasAnswer => ({
  id,
  account: { id: accountId, name },
  inbox: inboxId,
  address,
});
