import {
  Catastrophe,
  Catastrophes,
  ChangeCatastrophe,
  DuplicateGroups,
  EnterCatastrophe,
  JudgeDuplicate,
  PossibleDuplicates,
  SurgeState,
  SwitchSurge,
  TagClaims,
  TaggedClaims,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class CatastropheAnswer extends createZodDto(Catastrophe) {}
export class CatastrophesAnswer extends createZodDto(Catastrophes) {}
export class EnterCatastropheBody extends createZodDto(EnterCatastrophe) {}
export class ChangeCatastropheBody extends createZodDto(ChangeCatastrophe) {}
export class TagClaimsBody extends createZodDto(TagClaims) {}
export class TaggedClaimsAnswer extends createZodDto(TaggedClaims) {}
export class SurgeAnswer extends createZodDto(SurgeState) {}
export class SwitchSurgeBody extends createZodDto(SwitchSurge) {}
export class DuplicateGroupsAnswer extends createZodDto(DuplicateGroups) {}
export class DuplicateGroupsParams extends createZodDto(z.object({ catastrophe: z.string().max(60).optional() })) {}
export class PossibleDuplicatesAnswer extends createZodDto(PossibleDuplicates) {}
export class JudgeDuplicateBody extends createZodDto(JudgeDuplicate) {}
