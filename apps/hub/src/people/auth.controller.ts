import { Body, Controller, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, systemClock, type Clock } from '@claimline/database';
import { Accounts, Audit, hashPassword, isPassword, Sessions } from '@claimline/people';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { HubProblem } from '../http/problem';
import { CurrentPrincipal, SESSION_COOKIE, type Principal } from '../http/principal';
import { RateLimits } from '../http/rate-limits';
import { Given } from '../platform/plain';
import { CLOCK, CONFIG } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { MeAnswer, SignInBody, UpdateMeBody } from './people.dto';
import { ChangePasswordBody } from './staff.dto';

// Ten tries in five minutes for one account from one address; a hundred from one address over all accounts.
const PER_ACCOUNT = { name: 'sign-in', perWindow: 10, windowSeconds: 300 };
const PER_ADDRESS = { name: 'sign-in-address', perWindow: 100, windowSeconds: 300 };

/** Signing in and out, and who I am. */
@ApiTags('people')
@Controller('api')
export class AuthController {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly limits: RateLimits,
    private readonly brands: BrandView,
    @Given(CLOCK) private readonly clock: Clock,
    @Given(CONFIG) private readonly config: Config,
  ) {}

  @Post('auth/sign-in')
  @HttpCode(200)
  @ApiOkResponse({ type: MeAnswer })
  async signIn(
    @Body() body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeAnswer> {
    await this.limits.use(PER_ADDRESS, request.ip);
    await this.limits.use(PER_ACCOUNT, `${request.ip} ${body.email.toLowerCase()}`);
    const account = await this.accounts.findByEmail(this.database, body.email);
    const right = await isPassword(account?.password_hash, body.password);
    if (!account || !right) throw new HubProblem('wrong-credentials');
    const now = this.clock.now();
    const { token } = await this.sessions.open(this.database, account.id, systemClock.now());
    await this.audit.record(this.database, {
      actor: { kind: 'account', id: account.id },
      action: 'session.open',
      subject: 'account',
      subjectId: account.id,
      at: now,
    });
    void reply.setCookie(SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: this.config.publicUrl?.startsWith('https:') ?? false,
    });
    return this.describe(account.id);
  }

  @Post('auth/sign-out')
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = request.cookies[SESSION_COOKIE];
    if (token) await this.sessions.end(this.database, token);
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Get('me')
  @ApiOkResponse({ type: MeAnswer })
  me(@CurrentPrincipal() who: Principal): Promise<MeAnswer> {
    return this.describe(who.id);
  }

  @Patch('me')
  @ApiOkResponse({ type: MeAnswer })
  async update(@CurrentPrincipal() who: Principal, @Body() body: UpdateMeBody): Promise<MeAnswer> {
    if (body.locale !== undefined) await this.accounts.setLocale(this.database, who.id, body.locale);
    return this.describe(who.id);
  }

  /** Tried as often as a sign-in may be. */
  @Post('me/password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Changes my password; my other sessions end' })
  @ApiNoContentResponse()
  async changePassword(
    @CurrentPrincipal() who: Principal,
    @Body() body: ChangePasswordBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.limits.use(PER_ACCOUNT, `password ${who.id}`);
    const account = await this.accounts.find(this.database, who.id);
    if (!account || !(await isPassword(account.password_hash, body.current))) throw new HubProblem('wrong-credentials');
    const passwordHash = await hashPassword(body.password);
    await this.database.transaction(async (tx) => {
      await this.accounts.setPassword(tx, who.id, passwordHash);
      await this.sessions.endAll(tx, who.id, request.cookies[SESSION_COOKIE]);
      const actor = { kind: who.kind, id: who.id };
      await this.audit.record(tx, {
        actor,
        action: 'account.change-password',
        subject: 'account',
        subjectId: who.id,
        at: this.clock.now(),
      });
    });
  }

  private async describe(accountId: string): Promise<MeAnswer> {
    const account = await this.accounts.find(this.database, accountId);
    if (!account) throw new HubProblem('not-signed-in');
    const brand = await this.brands.first(account.brand_ids);
    return {
      id: account.id,
      name: account.name,
      email: account.email,
      role: account.role,
      locale: account.locale,
      demo: this.config.demo,
      brand: { name: brand.name, language: brand.default_language, timeZone: brand.time_zone },
    };
  }
}
