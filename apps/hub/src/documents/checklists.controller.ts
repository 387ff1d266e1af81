import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { bookProblems } from '@claimline/claims';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ChecklistBookBody } from './documents.dto';
import { SettingsChecklists } from './settings-checklists';

/** The lists of documents per line of business and kind of loss. */
@ApiTags('documents')
@Controller('api/settings/document-checklists')
export class ChecklistsController {
  constructor(
    private readonly database: Database,
    private readonly checklists: SettingsChecklists,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The lists in force' })
  @ApiOkResponse({ type: ChecklistBookBody })
  async show(): Promise<ChecklistBookBody> {
    return (await this.checklists.read(this.database)) as ChecklistBookBody;
  }

  /** Claims that are there keep what they have; from now on they, too, get what is missing. */
  @Put()
  @Roles('administrator')
  @ApiOperation({ summary: 'Publishes the lists as the next version' })
  @ApiOkResponse({ type: ChecklistBookBody })
  @ApiUnprocessableEntityResponse({ description: '`invalid`: a list names a document that nobody describes, or one twice.' })
  async publish(@CurrentPrincipal() who: Principal, @Body() book: ChecklistBookBody): Promise<ChecklistBookBody> {
    const problems = bookProblems(book);
    if (problems.length > 0) throw new HubProblem('invalid', {}, problems);
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.checklists.publish(tx, book, { at, by: who.kind === 'account' ? who.id : null });
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'document-checklists.publish',
        subject: 'setting',
        subjectId: 'claims.document-checklists',
        at,
      });
    });
    return book;
  }
}
