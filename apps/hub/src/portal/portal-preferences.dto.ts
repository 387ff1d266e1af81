import { PortalChoices, PortalChoose, PortalPreferencesPage, PreferencesLinkSent } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class PortalChoicesAnswer extends createZodDto(PortalChoices) {}
export class PortalChooseBody extends createZodDto(PortalChoose) {}
export class PreferencesLinkSentAnswer extends createZodDto(PreferencesLinkSent) {}
export class PortalPreferencesPageAnswer extends createZodDto(PortalPreferencesPage) {}
