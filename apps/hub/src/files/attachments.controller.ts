import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@claimline/database';
import { FolderStorage } from '@claimline/files';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { AttachmentView, type AttachmentFile } from '../views/attachment.view';
import { UploadedAttachmentAnswer } from './attachments.dto';
import { BYTES, sendAttachment, sendThumbnail } from './send-file';
import { TakeUpload } from './take-upload';
import { uploaderOf } from './uploader';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());
const UPLOAD = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } };

/** Files of messages, and files on their way into one. */
@ApiTags('attachments')
@Controller('api/attachments')
export class AttachmentsController {
  constructor(
    private readonly upload: TakeUpload,
    private readonly view: AttachmentView,
    private readonly storage: FolderStorage,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiConsumes('multipart/form-data')
  @ApiBody(UPLOAD)
  @ApiCreatedResponse({ type: UploadedAttachmentAnswer })
  take(@CurrentPrincipal() who: Principal, @Req() request: FastifyRequest): Promise<UploadedAttachmentAnswer> {
    return this.upload.take(request, uploaderOf(who), this.clock.now());
  }

  @Get(':id')
  @ApiOkResponse(BYTES)
  async show(
    @CurrentPrincipal() who: Principal,
    @Id() id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAttachment(this.storage, await this.find(who, id), request, reply);
  }

  @Get(':id/thumbnail')
  @ApiOkResponse(BYTES)
  async thumbnail(
    @CurrentPrincipal() who: Principal,
    @Id() id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendThumbnail(this.storage, await this.find(who, id), request, reply);
  }

  private async find(who: Principal, id: string): Promise<AttachmentFile> {
    return found(await this.view.find(who, uploaderOf(who), id));
  }
}
