import { Chance } from './chance';
import { CHINESE, ENGLISH, FIRST_NAMES, GIVEN, LAST_NAMES, SURNAMES } from './vocabulary';

const PAUSES = ['，', '。', '？', ' '];

function english(chance: Chance): string {
  const count = 4 + chance.below(12);
  let text = '';
  for (let n = 0; n < count; n++) text += (n === 0 ? '' : ' ') + ENGLISH.at(chance.next());
  return text.charAt(0).toUpperCase() + text.slice(1) + (chance.next() < 0.3 ? '?' : '.');
}

function chinese(chance: Chance): string {
  const count = 3 + chance.below(8);
  let text = '';
  for (let n = 0; n < count; n++) {
    text += CHINESE.at(chance.next());
    if (chance.next() < 0.2) text += chance.oneOf(PAUSES);
  }
  return text;
}

/** What the message of this number says. One in thirty names an amount. */
export function textOf(seed: number, message: number, isChinese: boolean): string {
  const chance = new Chance(seed, message);
  const text = isChinese ? chinese(chance) : english(chance);
  return chance.next() < 0.033 ? `${text} ${100 + chance.below(99_900)}` : text;
}

/** Of five people two write Chinese. */
export const writesChinese = (contact: number): boolean => contact % 5 < 2;

/** The name of a contact. */
export function nameOf(seed: number, contact: number): string {
  const chance = new Chance(seed ^ 0x51ab, contact);
  if (!writesChinese(contact)) return `${chance.oneOf(FIRST_NAMES)} ${chance.oneOf(LAST_NAMES)}`;
  return chance.oneOf(SURNAMES) + chance.oneOf(GIVEN) + (chance.next() < 0.7 ? chance.oneOf(GIVEN) : '');
}

/** Their phone, E.164; invented. */
export const phoneOf = (contact: number): string =>
  writesChinese(contact) ? `+861990${String(contact).padStart(7, '0')}` : `+1555${String(2_000_000 + contact).padStart(7, '0')}`;

export const mailOf = (contact: number): string => `person${contact}@people.example.test`;
