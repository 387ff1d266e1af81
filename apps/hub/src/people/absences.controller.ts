import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Absences, Accounts, Audit, type AbsenceProblem, type AbsenceRecord } from '@claimline/people';
import type { Absence } from '@claimline/protocol';
import { found, HubProblem, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { DESK_ROLES } from '@claimline/protocol';
import { AbsenceAnswer, AbsencesAnswer, SetAbsenceBody } from './absences.dto';

const FIELD_OF: Record<AbsenceProblem, string> = {
  'ends-before-it-starts': 'ends',
  'lies-in-the-past': 'ends',
  'delegate-is-oneself': 'delegate',
  overlaps: 'starts',
};

/** Who is away and who stands in. One's own, or anybody's for a supervisor. */
@ApiTags('people')
@Controller('api/absences')
export class AbsencesController {
  constructor(
    private readonly database: Database,
    private readonly absences: Absences,
    private readonly accounts: Accounts,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ type: AbsencesAnswer })
  async list(): Promise<AbsencesAnswer> {
    const [absences, accounts] = await Promise.all([
      this.absences.upcoming(this.database, null, this.clock.now()),
      this.accounts.list(this.database),
    ]);
    const names = new Map(accounts.map(({ id, name }) => [id, name]));
    return { items: absences.map((absence) => toAnswer(absence, names)) };
  }

  @Post()
  @Roles(...DESK_ROLES)
  @ApiCreatedResponse({ type: AbsenceAnswer })
  async enter(@CurrentPrincipal() who: Principal, @Body() body: SetAbsenceBody): Promise<AbsenceAnswer> {
    const accountId = body.account ?? who.id;
    mayChange(who, accountId);
    const now = this.clock.now();
    return await this.database.transaction(async (tx) => {
      const names = await this.named(tx, accountId, body.delegate);
      const wish = {
        accountId,
        starts: new Date(body.starts),
        ends: new Date(body.ends),
        delegateId: body.delegate,
        returns: body.returns,
        createdBy: who.kind === 'account' ? who.id : null,
      };
      const result = await this.absences.enter(tx, wish, now);
      if ('problem' in result) throw new HubProblem('invalid', {}, [{ path: FIELD_OF[result.problem], problem: result.problem }]);
      await this.record(tx, who, { action: 'absence.enter', absence: result.entered, at: now });
      return toAnswer(result.entered, names);
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles(...DESK_ROLES)
  @ApiNoContentResponse()
  async callOff(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const absence = found(await this.absences.lock(tx, id));
      mayChange(who, absence.accountId);
      await this.absences.callOff(tx, id, now);
      await this.record(tx, who, { action: 'absence.call-off', absence, at: now });
    });
  }

  private async named(tx: Transaction, accountId: string, delegateId: string | null): Promise<ReadonlyMap<string, string>> {
    const ids = delegateId ? [accountId, delegateId] : [accountId];
    const accounts = await Promise.all(ids.map((id) => this.accounts.find(tx, id)));
    return new Map(accounts.map((account) => [found(account).id, account!.name]));
  }

  private async record(
    tx: Transaction,
    who: Principal,
    { action, absence, at }: { action: string; absence: AbsenceRecord; at: Date },
  ): Promise<void> {
    const facts = { account: absence.accountId, delegate: absence.delegateId };
    await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'absence', subjectId: absence.id, facts, at });
  }
}

function mayChange(who: Principal, accountId: string): void {
  if (who.id !== accountId && who.role !== 'supervisor' && who.role !== 'administrator') refuse('not-allowed');
}

function toAnswer({ id, accountId, starts, ends, delegateId, returns }: AbsenceRecord, names: ReadonlyMap<string, string>): Absence {
  const delegate = delegateId ? { id: delegateId, name: names.get(delegateId) ?? '' } : null;
  return {
    id,
    account: accountId,
    name: names.get(accountId) ?? '',
    starts: starts.toISOString(),
    ends: ends.toISOString(),
    delegate,
    returns,
  };
}
