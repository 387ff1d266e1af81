import { AUTOMATIC_TEMPLATES } from './automatic';
import { NOTICE_TEMPLATES } from './notices';
import { REPLY_TEMPLATES } from './replies';
import type { SeedTemplate } from './seed-template';

/** Every text that comes with the product. */
export const SEED_TEMPLATES: readonly SeedTemplate[] = [...NOTICE_TEMPLATES, ...AUTOMATIC_TEMPLATES, ...REPLY_TEMPLATES];
