import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { ManageDocuments, type DocumentWork } from '../flows/manage-documents';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { DocumentsView } from '../views/documents.view';
import {
  ClaimDocumentsAnswer,
  DecideDocumentBody,
  DocumentRoundsAnswer,
  DocumentStepsAnswer,
  MoveDocumentBody,
  RequestDocumentsBody,
  UndoDocumentStepsBody,
} from './documents.dto';

/** The documents of a claim: what is wanted, what came, and what a person does about it. */
@ApiTags('documents')
@Controller('api')
export class DocumentsController {
  constructor(
    private readonly database: Database,
    private readonly view: DocumentsView,
    private readonly manage: ManageDocuments,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('claims/:number/documents')
  @ApiOperation({ summary: 'The checklist of a claim with every file that came for it' })
  @ApiOkResponse({ type: ClaimDocumentsAnswer })
  async list(@CurrentPrincipal() who: Principal, @Param('number') number: string): Promise<ClaimDocumentsAnswer> {
    return this.view.show(found(await this.view.claim(this.database, who, number)));
  }

  @Post('claims/:number/documents/request')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Asks for several documents in one message per party; it leaves five seconds later and can be taken back until then',
  })
  @ApiOkResponse({ type: DocumentStepsAnswer })
  @ApiConflictResponse({
    description:
      '`already-held`: we have one of them. `supplement-once`: the law allows one request only; say why there has to be another.',
  })
  request(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Body() body: RequestDocumentsBody,
  ): Promise<DocumentStepsAnswer> {
    return this.work(who, number, (tx, work) => this.manage.ask(tx, work, body));
  }

  @Post('claims/:number/documents/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes steps back, while nothing came after them' })
  @ApiOkResponse({ type: DocumentStepsAnswer })
  @ApiConflictResponse({ description: '`edge-not-allowed`: something has happened to the item since.' })
  undo(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Body() body: UndoDocumentStepsBody,
  ): Promise<DocumentStepsAnswer> {
    return this.work(who, number, (tx, work) => this.manage.undo(tx, work, body.steps));
  }

  @Post('claims/:number/documents/files/:fileId/move')
  @HttpCode(200)
  @ApiOperation({ summary: 'Says for which item a file is, or that it is for none' })
  @ApiOkResponse({ type: DocumentStepsAnswer })
  move(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Param('fileId', new ParseUUIDPipe()) fileId: string,
    @Body() body: MoveDocumentBody,
  ): Promise<DocumentStepsAnswer> {
    return this.work(who, number, (tx, work) => this.manage.move(tx, work, fileId, body.item));
  }

  @Patch('claims/:number/documents/:itemId')
  @ApiOperation({ summary: 'Accepts, rejects with a generic reason, waives, or notes that it came on paper' })
  @ApiOkResponse({ type: DocumentStepsAnswer })
  @ApiConflictResponse({ description: '`edge-not-allowed`: the item cannot go there from where it stands.' })
  decide(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Param('itemId') itemId: string,
    @Body() body: DecideDocumentBody,
  ): Promise<DocumentStepsAnswer> {
    return this.work(who, number, (tx, work) => this.manage.decide(tx, work, itemId, body));
  }

  @Get('reports/document-rounds')
  @ApiOperation({ summary: 'Claims whose customers were asked for documents in more than one round' })
  @ApiOkResponse({ type: DocumentRoundsAnswer })
  rounds(@CurrentPrincipal() who: Principal): Promise<DocumentRoundsAnswer> {
    return this.view.rounds(who, this.clock.now());
  }

  private work(
    who: Principal,
    number: string,
    act: (tx: Transaction, work: DocumentWork) => Promise<string[]>,
  ): Promise<DocumentStepsAnswer> {
    return this.database.transaction(async (tx) => {
      const claim = found(await this.view.claim(tx, who, number));
      const steps = await act(tx, { who, claim, at: this.clock.now() });
      return { steps, documents: await this.view.show(claim, tx) };
    });
  }
}
