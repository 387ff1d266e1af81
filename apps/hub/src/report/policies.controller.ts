import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ImportedPolicies } from '@claimline/claims';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { SealedEndpoints } from '../claims/line-out/sealed-endpoints';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ConversationDetail } from '../views/conversation-detail.view';
import { POLICY_SEARCH, PolicyDesk } from './policy-desk';
import { EndpointCheckAnswer, PolicyListAnswer, PolicyQueryParams, PolicySearchSettingsAnswer, SetEndpointBody } from './report.dto';

/** Finding policies, masked until one is chosen, and where they are looked for. */
@ApiTags('policies')
@Controller('api/policies')
export class PoliciesController {
  constructor(
    private readonly database: Database,
    private readonly desk: PolicyDesk,
    private readonly detail: ConversationDetail,
    private readonly endpoints: SealedEndpoints,
    private readonly imported: ImportedPolicies,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Policies by number or its end, plate or phone, or by what a conversation tells; masked, with what each was found by',
  })
  @ApiOkResponse({ type: PolicyListAnswer })
  async find(@CurrentPrincipal() who: Principal, @Query() query: PolicyQueryParams): Promise<PolicyListAnswer> {
    const { conversation, ...wish } = query;
    const wishes = conversation ? await this.desk.wishesOf(found(await this.detail.row(who, conversation))) : [];
    const asked = Object.values(wish).some(Boolean) ? [wish] : [];
    return this.desk.find([...asked, ...wishes], this.clock.now());
  }

  @Get('search-settings')
  @Roles('administrator', 'supervisor', 'auditor')
  @ApiOperation({ summary: 'Where policies are looked for' })
  @ApiOkResponse({ type: PolicySearchSettingsAnswer })
  async settings(): Promise<PolicySearchSettingsAnswer> {
    const { url, hasSecret } = await this.endpoints.shown(this.database, POLICY_SEARCH);
    return { url, hasSecret, imported: await this.imported.count() };
  }

  @Put('search-settings')
  @Roles('administrator')
  @ApiOperation({ summary: 'Sets the address of the policy system and its key; without an address only imported lists are searched' })
  @ApiOkResponse({ type: PolicySearchSettingsAnswer })
  async save(@CurrentPrincipal() who: Principal, @Body() body: SetEndpointBody): Promise<PolicySearchSettingsAnswer> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.endpoints.write(tx, POLICY_SEARCH, body, { at, by: who.kind === 'account' ? who.id : null });
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'setting.change',
        subject: 'setting',
        subjectId: POLICY_SEARCH,
        at,
      });
    });
    return this.settings();
  }

  @Post('search-settings/test')
  @HttpCode(200)
  @Roles('administrator')
  @ApiOperation({ summary: 'Asks the policy system after a policy that cannot be, and says how it answered' })
  @ApiOkResponse({ type: EndpointCheckAnswer })
  test(): Promise<EndpointCheckAnswer> {
    return this.desk.test();
  }
}
