import { DateTime } from 'luxon';
import { languageOfText, STAGES, type Language, type PrivacyClass } from '@claimline/messages';
import { salutation } from '../template/salutation';
import { STAGE_LABELS } from '../template/stage-labels';
import { claimReference, VARIABLES, type Words } from '../template/variables';
import type { ChangeToTell, NoticeBrand, NoticeClaim, NoticePerson } from './situation';

/** What the words of a text are made from. */
export interface WordSource {
  readonly brand: NoticeBrand;
  readonly person: Pick<NoticePerson, 'name' | 'kind' | 'salutation' | 'timeZone'>;
  readonly claim: Pick<NoticeClaim, 'number' | 'handlerName' | 'handlerPhone' | 'nextStep' | 'promisedBy' | 'facts'> | null;
  readonly change: Pick<ChangeToTell, 'stage' | 'occurredAt'> | null;
  readonly language: Language;
  readonly privacy: PrivacyClass;
}

const stageOf = (text: string): (typeof STAGES)[number] | undefined => STAGES.find((stage) => stage === text.trim().toLowerCase());

// Making one takes longer than all the rest of a notice's words.
const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** The zone as people call it: 北京时间, else its offset. */
function zoneName(at: DateTime, language: Language): string {
  const timeZone = at.zoneName;
  if (language === 'zh-CN' && timeZone === 'Asia/Shanghai') return '北京时间';
  if (at.zone.type !== 'iana' || !timeZone) return at.toFormat('ZZZZ');
  const key = `${language} ${timeZone}`;
  const format = zoneFormats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'short' });
  zoneFormats.set(key, format);
  return format.formatToParts(at.toMillis()).find(({ type }) => type === 'timeZoneName')!.value;
}

/** A moment, written out with its zone, e.g. `22 Nov 2026, 16:00 GMT+8`. */
export function momentText(at: Date, zone: string, language: Language): string {
  const local = DateTime.fromJSDate(at, { zone }).setLocale(language);
  return language === 'en'
    ? `${local.toFormat('d LLL yyyy, HH:mm')} ${zoneName(local, language)}`
    : `${local.toFormat('yyyy年M月d日HH:mm')}（${zoneName(local, language)}）`;
}

/** A day (ISO date), written out with its zone; undefined where it is none. */
export function dayText(date: string, zone: string, language: Language): string | undefined {
  const day = DateTime.fromISO(date.slice(0, 10), { zone }).setLocale(language);
  if (!day.isValid) return undefined;
  return language === 'en'
    ? `${day.toFormat('d LLL yyyy')} (${zoneName(day, language)})`
    : `${day.toFormat('yyyy年M月d日')}（${zoneName(day, language)}）`;
}

/** A stage's name, or words that are already in the language; words in another are left out rather than shown. */
function stepText(step: string | null, language: Language): string | undefined {
  const stage = step === null ? undefined : stageOf(step);
  if (stage) return STAGE_LABELS[stage][language];
  return step !== null && !/[_{}]/.test(step) && languageOfText(step) === language ? step : undefined;
}

const DAYS: readonly string[] = ['dueDate', 'offerExpiry', 'expectedBy', 'appealDeadline'];

/** Facts of the claim core under the name of a declared variable. Dates are written out; a link must be https. */
function factWords(facts: Readonly<Record<string, string>>, zone: string, language: Language): Record<string, string | undefined> {
  const known = Object.entries(facts).filter(([name]) => Object.hasOwn(VARIABLES, name));
  return Object.fromEntries(
    known.map(([name, value]) => {
      if (DAYS.includes(name)) return [name, dayText(value, zone, language)];
      return [name, name === 'portalUrl' && !/^https:\/\/[^\s]+$/.test(value) ? undefined : value];
    }),
  );
}

/** Everything that a text may say. What is not known is left out, and the text has to cope or is not sent. */
export function wordsOf({ brand, person, claim, change, language, privacy }: WordSource): Words {
  const zone = person.timeZone ?? brand.timeZone;
  const stage = change && stageOf(change.stage);
  const changedAt = change && momentText(change.occurredAt, zone, language);
  const words: Record<string, string | null | undefined> = {
    ...(claim && factWords(claim.facts, zone, language)),
    brand: brand.name,
    helpPhone: brand.helpPhone,
    officeHours: brand.officeHours,
    salutation: salutation(person, language),
    claimRef: claim && claimReference(claim.number, privacy),
    handlerName: claim?.handlerName,
    handlerPhone: claim?.handlerPhone,
    nextStep: stepText(claim?.nextStep ?? null, language),
    promisedBy: claim?.promisedBy ? dayText(claim.promisedBy, zone, language) : undefined,
    stageLabel: stage && STAGE_LABELS[stage][language],
    receivedAt: changedAt,
    closedAt: changedAt,
  };
  return Object.fromEntries(Object.entries(words).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
