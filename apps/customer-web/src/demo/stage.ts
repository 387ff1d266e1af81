import { createContext, useContext } from 'react';
import type { ClaimCore } from './claim-core';
import type { Guide } from './guide';
import type { AppName, Devices } from './use-devices';
import type { Language, Words } from './words';
import type { World } from './world';

/** What every part of the page works with. */
export interface Stage {
  readonly world: World;
  readonly devices: Devices;
  readonly core: ClaimCore;
  readonly guide: Guide;
  readonly language: Language;
  readonly words: Words;
  readonly app: AppName;
  open(app: AppName): void;
  /** Opens the report form on the desk, with what the customer has said. */
  register(): void;
  /** Whose desk the console shows, by role. */
  readonly seat: string;
  /** Takes the seat of somebody with that role, at a page of theirs. */
  sit(role: string, href: string): Promise<void>;
  /** Says something at the foot of the page for a few seconds. */
  tell(text: string): void;
}

export const StageContext = createContext<Stage | null>(null);

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('outside of the stage');
  return stage;
}
