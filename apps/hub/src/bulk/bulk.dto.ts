import { BulkPreview, BulkRun, BulkRuns, ConversationFilter, ConversationTotal, StartBulk, View } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class StartBulkBody extends createZodDto(StartBulk) {}
export class BulkPreviewAnswer extends createZodDto(BulkPreview) {}
export class BulkRunAnswer extends createZodDto(BulkRun) {}
export class BulkRunsAnswer extends createZodDto(BulkRuns) {}
export class ConversationTotalAnswer extends createZodDto(ConversationTotal) {}
export class ConversationTotalParams extends createZodDto(
  ConversationFilter.extend({ view: View.default('all'), q: z.string().max(200).optional() }),
) {}
export class BulkLabelsAnswer extends createZodDto(z.object({ items: z.array(z.string()) })) {}
