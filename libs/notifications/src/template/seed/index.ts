import { APPOINTMENT_TEMPLATES } from './appointments';
import { AUTOMATIC_TEMPLATES } from './automatic';
import { AWAY_TEMPLATES } from './away';
import { COMPLAINT_TEMPLATES } from './complaints';
import { IDENTITY_TEMPLATES } from './identity';
import { DOCUMENT_TEMPLATES } from './documents';
import { NOTICE_TEMPLATES } from './notices';
import { PREFERENCE_TEMPLATES } from './preferences';
import { REPLY_TEMPLATES } from './replies';
import { REPORT_TEMPLATES } from './report';
import { STORM_TEMPLATES } from './storm';
import { SURVEY_TEMPLATES } from './surveys';
import type { SeedTemplate } from './seed-template';

/** Every text that comes with the product. */
export const SEED_TEMPLATES: readonly SeedTemplate[] = [
  ...NOTICE_TEMPLATES,
  ...DOCUMENT_TEMPLATES,
  ...AUTOMATIC_TEMPLATES,
  ...APPOINTMENT_TEMPLATES,
  ...COMPLAINT_TEMPLATES,
  ...AWAY_TEMPLATES,
  ...IDENTITY_TEMPLATES,
  ...PREFERENCE_TEMPLATES,
  ...REPLY_TEMPLATES,
  ...REPORT_TEMPLATES,
  ...STORM_TEMPLATES,
  ...SURVEY_TEMPLATES,
];
