import { Global, Module } from '@nestjs/common';
import { Conversations } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Settings } from '@claimline/people';
import { Calendars, Clocks, Promises, PromiseStore, Tasks } from '@claimline/quality';
import { FinishCallback } from '../flows/finish-callback';
import { FollowClocks } from '../flows/follow-clocks';
import { PlanAftercare } from '../flows/plan-aftercare';
import { SendReply } from '../flows/send-reply';
import { WatchPromises } from '../flows/watch-promises';
import { WatchSilence } from '../flows/watch-silence';
import { bundle } from '../platform/bundle';
import { plain } from '../platform/plain';
import { LOG } from '../platform/tokens';
import { AftercareView } from '../views/aftercare.view';
import { ClaimNewsView } from '../views/claim-news.view';
import { BrandView } from '../views/brand.view';
import { PartyClaims } from '../views/party-claims.view';
import { PromisesView } from '../views/promises.view';
import { AftercareSettings } from './aftercare-terms';
import { PromisesController } from './promises.controller';

const callbackWork = bundle('callback work', { calendars: Calendars, clocks: Clocks, tasks: Tasks });
const callbackFacts = bundle('callback facts', { aftercare: AftercareView, claims: PartyClaims, brands: BrandView });
const promiseWork = bundle('promise work', { calendars: Calendars, tasks: Tasks, promises: Promises });
const silenceWork = bundle('silence work', { tasks: Tasks, outbox: Outbox });

const providers = [
  plain(PromiseStore),
  plain(Promises, PromiseStore, Outbox),
  plain(AftercareSettings, Settings),
  plain(AftercareView),
  plain(PromisesView, Database),
  plain(FinishCallback, callbackWork, callbackFacts, Conversations, SendReply, Outbox),
  plain(PlanAftercare, ClaimNewsView, Conversations, promiseWork, AftercareSettings),
  plain(WatchPromises, Database, Conversations, promiseWork, PromisesView, FollowClocks, LOG),
  plain(WatchSilence, Database, AftercareView, Conversations, silenceWork, AftercareSettings, LOG),
];

/** What comes after: callbacks when a claim has ended, promises kept or seen, claims that have gone quiet. */
@Global()
@Module({
  controllers: [PromisesController],
  providers: [callbackWork.provider, callbackFacts.provider, promiseWork.provider, silenceWork.provider, ...providers],
  exports: providers.map((provider) => provider.provide),
})
export class AftercareModule {}
