import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { ApiKeys, Audit } from '@claimline/people';
import type { Config } from '../config';
import { HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK, CONFIG } from '../platform/tokens';
import { ApiKeysAnswer, MadeApiKeyAnswer, NewApiKeyBody } from './staff.dto';

/** The keys of programs, for administrators. */
@ApiTags('people')
@Controller('api/api-keys')
@Roles('administrator')
export class ApiKeysController {
  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeys,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
    @Given(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Roles('administrator', 'auditor')
  @ApiOperation({ summary: 'The keys of programs, revoked ones last; never their secrets' })
  @ApiOkResponse({ type: ApiKeysAnswer })
  async list(): Promise<ApiKeysAnswer> {
    const keys = await this.keys.all(this.database);
    return {
      items: keys.map(({ id, name, role, created_at: made, revoked_at: revoked }) => ({
        id,
        name,
        role,
        made: made.toISOString(),
        revoked: revoked?.toISOString() ?? null,
      })),
    };
  }

  @Post()
  @ApiOperation({ summary: 'Makes a key; the answer alone names its secret' })
  @ApiCreatedResponse({ type: MadeApiKeyAnswer })
  make(@CurrentPrincipal() who: Principal, @Body() { name, role }: NewApiKeyBody): Promise<MadeApiKeyAnswer> {
    return this.database.transaction(async (tx) => {
      const made = await this.keys.make(tx, { name, role, demo: this.config.demo }, this.clock.now());
      await this.note(tx, who, 'api-key.make', made.id);
      return made;
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revokes a key: from here on it opens nothing' })
  @ApiNoContentResponse()
  async revoke(@CurrentPrincipal() who: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.keys.revoke(tx, id, this.clock.now()))) throw new HubProblem('not-found');
      await this.note(tx, who, 'api-key.revoke', id);
    });
  }

  private note(tx: Transaction, who: Principal, action: string, subjectId: string): Promise<void> {
    return this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'api-key', subjectId, at: this.clock.now() });
  }
}
