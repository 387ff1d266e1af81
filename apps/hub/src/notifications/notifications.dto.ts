import {
  ConsentExport,
  ConsentHistory,
  ConsentLines,
  NoteConsent,
  Preferences,
  PublishTemplate,
  RenderedTemplate,
  RenderTemplate,
  Template,
  TemplateQuery,
  TemplateVersionsQuery,
  Templates,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class ConsentExportParams extends createZodDto(ConsentExport) {}
export class ConsentHistoryAnswer extends createZodDto(ConsentHistory) {}
export class ConsentLinesAnswer extends createZodDto(ConsentLines) {}
export class NoteConsentBody extends createZodDto(NoteConsent) {}
export class PreferencesDto extends createZodDto(Preferences) {}
export class PublishTemplateBody extends createZodDto(PublishTemplate) {}
export class RenderedTemplateAnswer extends createZodDto(RenderedTemplate) {}
export class RenderTemplateBody extends createZodDto(RenderTemplate) {}
export class TemplateAnswer extends createZodDto(Template) {}
export class TemplateQueryParams extends createZodDto(TemplateQuery) {}
export class TemplateVersionsParams extends createZodDto(TemplateVersionsQuery) {}
export class TemplatesAnswer extends createZodDto(Templates) {}
