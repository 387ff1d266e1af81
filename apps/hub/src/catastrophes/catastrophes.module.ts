import { Global, Module } from '@nestjs/common';
import { Catastrophes } from '@claimline/claims';
import { Conversations, Duplicates, Threads } from '@claimline/conversations';
import { Database, Outbox } from '@claimline/database';
import { Settings } from '@claimline/people';
import { AcknowledgeSurge } from '../flows/acknowledge-surge';
import { JudgeDuplicate } from '../flows/judge-duplicate';
import { ManageConversation } from '../flows/manage-conversation';
import { RecogniseLoss } from '../flows/recognise-loss';
import { SendAutomatic } from '../flows/send-automatic';
import { TagCatastrophes } from '../flows/tag-catastrophes';
import { plain } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { OfficeHours } from '../quality/office-hours';
import { StormFigures } from '../views/storm-figures.view';
import { CatastrophesController } from './catastrophes.controller';
import { DuplicatesController } from './duplicates.controller';
import { SurgeSwitch } from './surge-switch';

const providers = [
  plain(Catastrophes),
  plain(Duplicates),
  plain(StormFigures),
  plain(SurgeSwitch, Settings, StormFigures, OfficeHours, CLOCK),
  plain(RecogniseLoss, Conversations, Threads, Duplicates, Catastrophes, StormFigures, Outbox),
  plain(AcknowledgeSurge, Conversations, Threads, SurgeSwitch, StormFigures, SendAutomatic, CLOCK),
  plain(JudgeDuplicate, Conversations, Duplicates, ManageConversation, Outbox),
  plain(TagCatastrophes, Database, Catastrophes),
];

/** Events that bring many claims: who belongs to them, who is acknowledged, who reports the same twice. */
@Global()
@Module({
  controllers: [CatastrophesController, DuplicatesController],
  providers,
  exports: providers.map((provider) => provider.provide),
})
export class CatastrophesModule {}
