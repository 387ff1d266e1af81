import type { AbsenceFact, Adjuster } from '../adjuster';
import type { Needs, WorkToPlace } from '../needs';

/** A Tuesday morning on which all these tests begin. */
export const NOON = new Date('2026-11-17T12:00:00Z');

export const after = (seconds: number, from = NOON): Date => new Date(from.getTime() + seconds * 1000);

/** An adjuster who is online, free, knows motor and Chinese well, and may do everything. */
export function anAdjuster(id: string, change: Partial<Adjuster> = {}): Adjuster {
  return {
    id,
    active: true,
    teamIds: [],
    brandIds: [],
    channels: [],
    lines: { motor: 5 },
    languages: { 'zh-CN': 5 },
    licences: {},
    authority: {},
    groups: [],
    timeZone: 'UTC',
    capacity: 100,
    used: 0,
    openItems: 0,
    usedBy: {},
    presence: 'online',
    presenceSince: null,
    idleSince: null,
    ...change,
  };
}

/** What a Chinese-speaking customer with a motor question needs, who has no claim yet. */
export function someNeeds(change: Partial<Needs> = {}): Needs {
  return {
    brandId: 'brand',
    channel: 'sms',
    language: 'zh-CN',
    line: 'motor',
    jurisdiction: null,
    claimNumber: null,
    restrictedTo: null,
    recused: [],
    declined: [],
    authority: null,
    ownerId: null,
    coHandlerIds: [],
    assigneeId: null,
    standIn: null,
    lastHandler: null,
    labels: [],
    ...change,
  };
}

/** A text message that came in at {@link NOON}. */
export function anItem(needs: Partial<Needs> = {}, change: Partial<WorkToPlace> = {}): WorkToPlace {
  return { work: 'async', units: 10, ringSince: NOON, ...change, needs: someNeeds(needs) };
}

/** Somebody's leave for the whole day. */
export function onLeave(accountId: string, delegateId: string | null = null, change: Partial<AbsenceFact> = {}): AbsenceFact {
  return {
    accountId,
    starts: new Date('2026-11-17T00:00:00Z'),
    ends: new Date('2026-11-18T00:00:00Z'),
    delegateId,
    returns: 'on-close',
    ...change,
  };
}
