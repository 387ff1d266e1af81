import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@claimline/database';
import { FileLinks, FolderStorage } from '@claimline/files';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { found } from '../http/problem';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { AttachmentView } from '../views/attachment.view';
import { BYTES, sendAttachment } from './send-file';

/** Files for those who hold a signed link: providers that fetch what we send, customers who were sent one. Public; the token is the proof. */
@ApiTags('attachments')
@Controller('files')
export class SignedFilesController {
  constructor(
    private readonly links: FileLinks,
    private readonly view: AttachmentView,
    private readonly storage: FolderStorage,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':token')
  @ApiOkResponse(BYTES)
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const linked = found(this.links.read(token, this.clock.now()));
    await sendAttachment(this.storage, found(await this.view.byId(linked.attachmentId)), request, reply);
  }
}
