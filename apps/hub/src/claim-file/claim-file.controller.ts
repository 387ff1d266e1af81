import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@claimline/database';
import { contentDisposition } from '@claimline/files';
import { DESK_ROLES, type Claim } from '@claimline/protocol';
import type { FastifyReply } from 'fastify';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ClaimView } from '../views/claim.view';
import { ClaimFileAnswer, ClaimFileBody, ClaimFileVerdictAnswer } from './claim-file.dto';
import { ClaimFiles } from './claim-files';

const pdf = { content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } };
const zip = { content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } };

/** One claim as evidence, for people, for programs, for a court. */
@ApiTags('claims')
@Controller('api/claims/:number')
@Roles(...DESK_ROLES, 'auditor', 'integration')
export class ClaimFileController {
  constructor(
    private readonly files: ClaimFiles,
    private readonly claims: ClaimView,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('file')
  @ApiOperation({ summary: 'The claim file as JSON: everything that happened, chained by hashes' })
  @ApiOkResponse({ type: ClaimFileAnswer })
  async json(@CurrentPrincipal() who: Principal, @Param('number') number: string): Promise<ClaimFileAnswer> {
    return this.files.make(who, await this.claim(who, number));
  }

  @Get('file.pdf')
  @ApiOperation({ summary: 'The claim file to read and print' })
  @ApiOkResponse(pdf)
  async pdf(@CurrentPrincipal() who: Principal, @Param('number') number: string, @Res() reply: FastifyReply): Promise<void> {
    const paper = await this.files.paper(who, await this.files.make(who, await this.claim(who, number)));
    await attached(reply, 'application/pdf', `${number}.pdf`).send(paper);
  }

  @Get('file.zip')
  @ApiOperation({ summary: 'PDF, JSON and every document of the claim in one archive' })
  @ApiOkResponse(zip)
  async zip(@CurrentPrincipal() who: Principal, @Param('number') number: string, @Res() reply: FastifyReply): Promise<void> {
    const claim = await this.claim(who, number);
    const archive = await this.files.archive(who, claim, await this.files.make(who, claim));
    await attached(reply, 'application/zip', `${number}.zip`).send(archive);
  }

  @Post('file/verify')
  @HttpCode(200)
  @Roles(...DESK_ROLES, 'auditor')
  @ApiOperation({ summary: 'Holds an exported file against itself and against the records of today; names every entry that differs' })
  @ApiOkResponse({ type: ClaimFileVerdictAnswer })
  async verify(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Body() file: ClaimFileBody,
  ): Promise<ClaimFileVerdictAnswer> {
    return this.files.verify(who, await this.claim(who, number), file);
  }

  private async claim(who: Principal, number: string): Promise<Claim> {
    return found(await this.claims.show(who, number, this.clock.now()));
  }
}

const attached = (reply: FastifyReply, type: string, name: string): FastifyReply =>
  reply
    .header('content-type', type)
    .header('content-disposition', contentDisposition('attachment', name))
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff');
