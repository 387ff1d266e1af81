import { ChannelKinds, CreateInbox, DeliveryMark, Inbox, InboxCheck, Inboxes, ResendMessage, UpdateInbox } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class CreateInboxBody extends createZodDto(CreateInbox) {}
export class UpdateInboxBody extends createZodDto(UpdateInbox) {}
export class ResendMessageBody extends createZodDto(ResendMessage) {}
export class InboxAnswer extends createZodDto(Inbox) {}
export class InboxesAnswer extends createZodDto(Inboxes) {}
export class InboxCheckAnswer extends createZodDto(InboxCheck) {}
export class ChannelKindsAnswer extends createZodDto(ChannelKinds) {}
export class DeliveryMarkAnswer extends createZodDto(DeliveryMark) {}
