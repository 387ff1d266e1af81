import { UploadedAttachment } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class UploadedAttachmentAnswer extends createZodDto(UploadedAttachment) {}
