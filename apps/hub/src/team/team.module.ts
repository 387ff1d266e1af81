import { Global, Module } from '@nestjs/common';
import { Conversations, ScheduledSends, Threads } from '@claimline/conversations';
import { Database } from '@claimline/database';
import { AbsenceMoves, Absences, MailAliases } from '@claimline/people';
import { Tasks } from '@claimline/quality';
import { Adjusters } from '@claimline/routing';
import { Outlets } from '../conversations/outlets';
import { RenderedReply } from '../conversations/rendered-reply';
import { FollowClocks } from '../flows/follow-clocks';
import { SendAutomatic } from '../flows/send-automatic';
import { SendReply } from '../flows/send-reply';
import { SendScheduled } from '../flows/send-scheduled';
import { TellAway } from '../flows/tell-away';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { CLOCK, LOG } from '../platform/tokens';
import { OfficeHours } from '../quality/office-hours';
import { AnswerabilityView } from '../views/answerability.view';
import { BrandView } from '../views/brand.view';
import { ScheduledView } from '../views/scheduled.view';
import { MailAliasesController } from './mail-aliases.controller';
import { ScheduledController } from './scheduled.controller';

const sending = bundle('sending later', { outlets: Outlets, rendered: RenderedReply, reply: SendReply });

const providers = [
  plain(MailAliases),
  plain(ScheduledView, Database),
  plain(AnswerabilityView, Adjusters, Absences, AbsenceMoves),
  plain(SendScheduled, Database, ScheduledSends, Threads, sending, Tasks, FollowClocks, LOG),
  plain(TellAway, Conversations, Threads, AnswerabilityView, OfficeHours, BrandView, SendAutomatic, CLOCK),
];

/** Replies that leave later, addresses of adjusters, and what is said when nobody can answer. */
@Global()
@Module({
  controllers: [ScheduledController, MailAliasesController],
  providers: [sending.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class TeamModule {}
