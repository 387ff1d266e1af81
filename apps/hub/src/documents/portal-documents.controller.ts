import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConflictResponse, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import type { FastifyRequest } from 'fastify';
import { TakeUpload } from '../files/take-upload';
import { linkUploader, UploadDocument } from '../flows/upload-document';
import { found } from '../http/problem';
import { RateLimits } from '../http/rate-limits';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PortalDoor } from '../portal/portal-door';
import { UPLOADS } from '../portal/portal-limits';
import { PORTAL_UPLOAD_LIMIT, PortalDocumentsView } from '../views/portal-documents.view';
import { PortalWelcomeView } from '../views/portal-welcome.view';
import { PortalDocumentsAnswer } from './documents.dto';

const UPLOAD = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } };

/** The documents page of a customer: what is wanted of them, and uploading it. Public; the link's token is the proof, for as long as it lasts. */
@ApiTags('portal')
@Controller('api/portal/documents')
export class PortalDocumentsController {
  constructor(
    private readonly door: PortalDoor,
    private readonly database: Database,
    private readonly upload: TakeUpload,
    private readonly flow: UploadDocument,
    private readonly view: PortalDocumentsView,
    private readonly welcome: PortalWelcomeView,
    private readonly limits: RateLimits,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':token/list')
  @ApiOperation({ summary: 'What is wanted of the holder of a link, and what we have' })
  @ApiOkResponse({ type: PortalDocumentsAnswer })
  async list(@Param('token') token: string, @Req() request: FastifyRequest): Promise<PortalDocumentsAnswer> {
    const link = await this.door.open(request, 'documents', token);
    const { language } = await this.welcome.brandOf(link);
    return this.view.list(found(await this.view.claim(this.database, link)), language);
  }

  @Post(':token/items/:itemId')
  @HttpCode(201)
  @ApiOperation({ summary: 'Uploads one file (one page) for an item; 20 MB at most' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(UPLOAD)
  @ApiCreatedResponse({ type: PortalDocumentsAnswer })
  @ApiConflictResponse({ description: '`already-held`: it has been accepted.' })
  async take(
    @Param('token') token: string,
    @Param('itemId', new ParseUUIDPipe()) itemId: string,
    @Req() request: FastifyRequest,
  ): Promise<PortalDocumentsAnswer> {
    const link = await this.door.open(request, 'documents', token);
    const { language } = await this.welcome.brandOf(link);
    await this.database.transaction((tx) => this.flow.item(tx, link, itemId));
    const at = this.clock.now();
    await this.limits.use(UPLOADS, link.id);
    const { id: attachmentId } = await this.upload.take(request, linkUploader(link), at, PORTAL_UPLOAD_LIMIT);
    await this.database.transaction((tx) => this.flow.put(tx, { link, itemId, attachmentId, language, at }));
    return this.view.list(found(await this.view.claim(this.database, link)), language);
  }
}
