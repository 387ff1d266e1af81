import type { TimelineEntry } from '@claimline/protocol';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What a line of the timeline says, taken out of its params: codes stay codes, the screen has the words. */
export interface TimelineFacts {
  readonly stage: string | null;
  readonly previousStage: string | null;
  /** What became of it within the stage: approved, denied, paid. */
  readonly subStatus: string | null;
  /** Code of a notice. */
  readonly notice: string | null;
  readonly delivery: string | null;
  readonly reason: string | null;
  readonly channel: string | null;
  /** Words of a message. */
  readonly words: string | null;
  readonly inbound: boolean;
  /** Written for colleagues only. */
  readonly note: boolean;
  readonly task: string | null;
  readonly outcome: string | null;
}

/** Reads the params of an entry; what is missing or of another type is null. */
export function timelineFacts({ params }: Pick<TimelineEntry, 'params'>): TimelineFacts {
  return {
    stage: text(params['stage']),
    previousStage: text(params['previousStage']),
    subStatus: text(params['subStatus']),
    notice: text(params['code']),
    delivery: text(params['state']),
    reason: text(params['reason']),
    channel: text(params['channel']),
    words: text(params['preview']) ?? text(params['text']),
    inbound: params['direction'] === 'inbound',
    note: params['kind'] === 'note',
    task: text(params['kind']),
    outcome: text(params['outcome']),
  };
}
