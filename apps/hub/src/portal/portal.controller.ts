import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { linkState } from '@claimline/conversations';
import type { Clock } from '@claimline/database';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../http/rate-limits';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PortalWelcomeView } from '../views/portal-welcome.view';
import { PortalDoor } from './portal-door';
import { CHECKS, CODES } from './portal-limits';
import { PortalSteps } from './portal-steps';
import {
  PortalBrandAnswer,
  PortalCodeBody,
  PortalCodeCheckedAnswer,
  PortalCodeSentAnswer,
  PortalLinkParams,
  PortalLinkAnswer,
} from './portal.dto';

/** The front of every link that a customer was sent: whose page it is, whether it still opens, and the code before what is sensitive. Public; the token is the proof. */
@ApiTags('portal')
@Controller('api/portal')
export class PortalController {
  constructor(
    private readonly door: PortalDoor,
    private readonly steps: PortalSteps,
    private readonly welcome: PortalWelcomeView,
    private readonly limits: RateLimits,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('brand')
  @ApiOperation({ summary: 'Who greets a customer that comes without a link' })
  @ApiOkResponse({ type: PortalBrandAnswer })
  brand(): Promise<PortalBrandAnswer> {
    return this.welcome.brand();
  }

  @Get(':purpose/:token')
  @ApiOperation({ summary: 'What a link opens and whether it still does; an unknown one is `link-wrong`' })
  @ApiOkResponse({ type: PortalLinkAnswer })
  async show(@Param('purpose') purpose: string, @Param('token') token: string, @Req() request: FastifyRequest): Promise<PortalLinkAnswer> {
    const link = await this.door.find(request, purpose, token);
    const state = linkState(link, this.clock.now());
    const needed = this.steps.isNeeded(link);
    return {
      purpose: link.purpose,
      state,
      brand: await this.welcome.brandOf(link),
      stepUp: {
        needed,
        passed: needed && (await this.door.hasPassed(request, link)),
        to: needed && state === 'open' ? ((await this.steps.whereTo(link)) ?? null) : null,
      },
      expiresAt: link.expiresAt.toISOString(),
    };
  }

  @Post(':purpose/:token/code')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sends a six-digit code to an address of the person the link is for' })
  @ApiOkResponse({ type: PortalCodeSentAnswer })
  async code(@Param() { purpose, token }: PortalLinkParams, @Req() request: FastifyRequest): Promise<PortalCodeSentAnswer> {
    await this.limits.use(CODES, request.ip);
    const { to, expiresAt } = await this.steps.sendCode(await this.door.open(request, purpose, token));
    return { to, expiresAt: expiresAt.toISOString() };
  }

  @Post(':purpose/:token/code/check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Judges a code; a right one sets the short cookie of the portal' })
  @ApiOkResponse({ type: PortalCodeCheckedAnswer })
  async check(
    @Param() { purpose, token }: PortalLinkParams,
    @Body() { code }: PortalCodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PortalCodeCheckedAnswer> {
    await this.limits.use(CHECKS, request.ip);
    const link = await this.door.open(request, purpose, token);
    return { state: await this.steps.check(link, code, reply) };
  }
}
