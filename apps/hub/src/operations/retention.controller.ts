import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { RetentionSettings } from './retention-terms';
import { RetentionTermsDto } from './retention.dto';

/** How long what only proves and repeats is kept. */
@ApiTags('operations')
@Controller('api/settings/retention')
export class RetentionController {
  constructor(
    private readonly database: Database,
    private readonly terms: RetentionSettings,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Roles('administrator', 'auditor')
  @ApiOperation({ summary: 'For how long the journal and the events are kept' })
  @ApiOkResponse({ type: RetentionTermsDto })
  read(): Promise<RetentionTermsDto> {
    return this.terms.read(this.database);
  }

  @Put()
  @Roles('administrator')
  @ApiOkResponse({ type: RetentionTermsDto })
  async write(@CurrentPrincipal() who: Principal, @Body() body: RetentionTermsDto): Promise<RetentionTermsDto> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.terms.write(tx, body, { at, by: who.kind === 'account' ? who.id : null });
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'retention.set',
        subject: 'setting',
        subjectId: 'retention',
        facts: { ...body },
        at,
      });
    });
    return body;
  }
}
