import { Broadcast, BroadcastPreview, BroadcastRecipients, Broadcasts, BroadcastWish, SubmitBroadcast } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class BroadcastAnswer extends createZodDto(Broadcast) {}
export class BroadcastsAnswer extends createZodDto(Broadcasts) {}
export class BroadcastWishBody extends createZodDto(BroadcastWish) {}
export class SubmitBroadcastBody extends createZodDto(SubmitBroadcast) {}
export class BroadcastPreviewAnswer extends createZodDto(BroadcastPreview) {}
export class BroadcastRecipientsAnswer extends createZodDto(BroadcastRecipients) {}
