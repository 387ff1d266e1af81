import { createHash } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Log } from '@claimline/messages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { found } from '../http/problem';
import { RateLimits } from '../http/rate-limits';
import { Given } from '../platform/plain';
import { LOG } from '../platform/tokens';
import { PortalHomeView } from '../views/portal-home.view';
import { PortalWelcomeView } from '../views/portal-welcome.view';
import { PortalDoor } from './portal-door';
import { CHECKS, CHECKS_OF_ONE, CODES, CODES_TO_ONE } from './portal-limits';
import { PortalSignIns } from './portal-sign-in';
import { PortalHomeAnswer, PortalHomeParams, PortalSignInBody, PortalSignInCheckedAnswer, PortalSignInCodeBody } from './portal.dto';

const NOTHING = { content: { 'text/plain': { schema: { type: 'string', maxLength: 0 } } } } as const;

/** The portal's front door: signing in by code, and the customer's own claims behind it. Public; the code is the proof. */
@ApiTags('portal')
@Controller('api/portal')
export class PortalHomeController {
  constructor(
    private readonly door: PortalDoor,
    private readonly signIns: PortalSignIns,
    private readonly homes: PortalHomeView,
    private readonly welcome: PortalWelcomeView,
    private readonly limits: RateLimits,
    @Given(LOG) private readonly log: Log,
  ) {}

  @Post('sign-in')
  @HttpCode(202)
  @ApiOperation({ summary: 'Asks for a code; the answer is the same for an address that nobody knows' })
  @ApiAcceptedResponse({ description: 'Heard; whether a code left is not told', ...NOTHING })
  async ask(@Body() { address }: PortalSignInBody, @Req() request: FastifyRequest): Promise<void> {
    await this.limits.use(CODES, request.ip);
    await this.limits.use(CODES_TO_ONE, marked(address));
    // Not waited for: a known address takes longer, and that would tell.
    void this.signIns.ask(address).catch((error: unknown) => this.log.warn({ err: error }, 'a code for the portal was not sent'));
  }

  @Post('sign-in/check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Judges the code; a right one sets the short cookie of the portal' })
  @ApiOkResponse({ type: PortalSignInCheckedAnswer })
  async check(
    @Body() { address, code }: PortalSignInCodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PortalSignInCheckedAnswer> {
    await this.limits.use(CHECKS, request.ip);
    await this.limits.use(CHECKS_OF_ONE, marked(address));
    return { state: await this.signIns.check(address, code, reply) };
  }

  @Post('sign-out')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends the short session of the portal' })
  @ApiNoContentResponse()
  leave(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.door.leave(request, reply);
  }

  @Get('home')
  @ApiOperation({ summary: 'The claims of whoever has signed in: where they stand, what comes next and by when' })
  @ApiOkResponse({ type: PortalHomeAnswer })
  async home(@Query() { language }: PortalHomeParams, @Req() request: FastifyRequest): Promise<PortalHomeAnswer> {
    const { contactId } = await this.door.signedIn(request);
    const brand = await this.welcome.brandOf({ contactId, conversationId: null, claimNumber: null });
    return { brand, ...found(await this.homes.of(contactId, language ?? brand.language)) };
  }
}

// The counters of the limits keep no addresses.
const marked = (address: string): string => createHash('sha256').update(address.trim().toLowerCase()).digest('base64url');
