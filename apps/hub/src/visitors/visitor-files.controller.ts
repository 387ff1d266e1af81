import { Controller, Get, HttpCode, Options, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Clock } from '@claimline/database';
import { FileLinks, FolderStorage } from '@claimline/files';
import type { UploadedAttachment } from '@claimline/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAttachment } from '../files/send-file';
import { TakeUpload } from '../files/take-upload';
import { found, HubProblem } from '../http/problem';
import { RateLimits } from '../http/rate-limits';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { AttachmentView } from '../views/attachment.view';
import { VisitorThreadView } from '../views/visitor-thread.view';
import { visitorUploader } from './visitor-desk';
import { VisitorDoor, type Knock } from './visitor-door';
import { UPLOADS } from './visitor-limits';

const Inbox = (): ParameterDecorator => Param('inboxId', new ParseUUIDPipe());
const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Files of chats, for pages of other sites: the visitor's token is the proof, or a link that came with a message. Public; no cookie is looked at. */
@ApiExcludeController()
@Controller('visitor/:inboxId/files')
export class VisitorFilesController {
  constructor(
    private readonly door: VisitorDoor,
    private readonly upload: TakeUpload,
    private readonly limits: RateLimits,
    private readonly links: FileLinks,
    private readonly attachments: AttachmentView,
    private readonly threads: VisitorThreadView,
    private readonly storage: FolderStorage,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  /** Browsers ask before they send a token from another site's page (CORS preflight). */
  @Options()
  @HttpCode(204)
  async ask(@Inbox() inboxId: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.door.allowPage(inboxId, knockOf(request));
    allow(request, reply);
  }

  @Post()
  @HttpCode(201)
  async take(
    @Inbox() inboxId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadedAttachment> {
    const { visitor } = await this.door.byToken(inboxId, tokenOf(request), knockOf(request));
    allow(request, reply);
    await this.limits.use(UPLOADS, visitor.id);
    return this.upload.take(request, visitorUploader(visitor.id), this.clock.now());
  }

  @Get(':id')
  async show(@Inbox() inboxId: string, @Id() id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.allowPage(inboxId, knockOf(request)).catch((error: unknown) => refuseUnlessNavigation(request, error));
    await this.refuseStranger(inboxId, id, request);
    allow(request, reply);
    await sendAttachment(this.storage, found(await this.attachments.byId(id)), request, reply);
  }

  private async refuseStranger(inboxId: string, id: string, request: FastifyRequest): Promise<void> {
    const { key } = request.query as { key?: unknown };
    const linked = typeof key === 'string' ? this.links.read(key, this.clock.now()) : undefined;
    if (linked?.attachmentId === id) return;
    const { visitor } = await this.door.byToken(inboxId, tokenOf(request), knockOf(request));
    if (!(await this.threads.hasFile(visitor.id, id))) throw new HubProblem('not-found');
  }
}

const tokenOf = (request: FastifyRequest): string | undefined => /^Bearer (.{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];

const knockOf = (request: FastifyRequest): Knock => ({ origin: request.headers.origin, host: request.headers.host, address: request.ip });

// A link that is opened in a tab of its own comes from no page's script, so no browser says an origin.
function refuseUnlessNavigation(request: FastifyRequest, error: unknown): void {
  if (request.headers.origin !== undefined) throw error;
}

function allow(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  void reply
    .header('access-control-allow-origin', origin)
    .header('vary', 'origin')
    .header('access-control-allow-headers', 'authorization')
    .header('access-control-allow-methods', 'POST, GET')
    .header('access-control-max-age', '600');
}
