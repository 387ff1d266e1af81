import type { CallPhase, CallStep, Language } from '@claimline/messages';
import { fill, PHONE_TEXTS } from './phone-texts';

/** What a key of the main menu leads to. */
export type PhoneChoice = 'leave-message' | 'claim-status' | 'my-adjuster';

/** The menu as data: an administrator changes it without a developer. */
export interface PhoneMenu {
  readonly languages: readonly { readonly key: string; readonly language: Language }[];
  readonly choices: Readonly<Record<string, PhoneChoice>>;
  /** Digits of a claim number as they are typed, without letters and dashes. */
  readonly claimDigits: number;
  readonly factorDigits: number;
  readonly inputSeconds: number;
  readonly ringSeconds: number;
  readonly messageSeconds: number;
  /** How often a prompt is repeated before the caller is offered to leave a message. */
  readonly repeats: number;
  /** How many wrong pairs of claim number and second factor a call may try, whatever else happens in it. */
  readonly guesses: number;
}

/** Corrections §12: the first prompt offers both languages; the choice is kept. */
export const DEFAULT_PHONE_MENU: PhoneMenu = {
  languages: [
    { key: '1', language: 'en' },
    { key: '2', language: 'zh-CN' },
  ],
  choices: { '1': 'leave-message', '2': 'claim-status', '3': 'my-adjuster' },
  claimDigits: 10,
  factorDigits: 4,
  inputSeconds: 6,
  ringSeconds: 20,
  // Twilio transcribes at most two minutes.
  messageSeconds: 120,
  repeats: 2,
  guesses: 3,
};

/** Where a call is. Stored between its steps. */
export interface PhoneState {
  readonly at: 'new' | 'language' | 'menu' | 'claim-number' | 'second-factor' | 'ringing' | 'voicemail' | 'done';
  readonly language: Language;
  /** The language that the caller asked for; none: the default is spoken. */
  readonly chosen?: Language;
  readonly misses: number;
  readonly claimDigits?: string;
  /** The claim digits of wrong guesses so far. Only grows: a right one in between earns no further guesses. */
  readonly wrong?: readonly string[];
  /** The caller has heard how a claim stands. */
  readonly told?: boolean;
}

/** What the menu must know of the world at this moment. */
export interface PhoneFacts {
  readonly open: boolean;
  /** Whom to ring, in order: the owner first. */
  readonly numbers: readonly string[];
  /** The claim that the typed digits and the second factor open; null: they do not belong together. */
  readonly claim: { readonly stage: string; readonly next: string | null } | null;
}

/** The next state and what the caller hears. No steps: the call waits for nothing (it has ended). */
export interface PhoneTurn {
  readonly state: PhoneState;
  readonly steps: readonly CallStep[];
}

export const NEW_CALL: PhoneState = { at: 'new', language: 'en', misses: 0 };

/** One turn of a call: a pure function of the menu, where the call is, what the caller did and what is known. */
export function phoneTurn(menu: PhoneMenu, state: PhoneState, phase: CallPhase, facts: PhoneFacts): PhoneTurn {
  switch (phase.is) {
    case 'started':
      return askLanguage(menu, { ...state, at: 'language' });
    case 'input':
      return onInput(menu, state, phase.digits ?? '', facts);
    case 'dialed':
      return phase.outcome === 'answered' ? end(state, []) : leaveMessage(menu, state, [say(state, 'nobodyFree')]);
    case 'recorded':
      return end(state, [say(state, 'thanks'), { do: 'hang-up' }]);
    // Where the caller hung up is worth knowing, so the place stays.
    case 'transcribed':
    case 'ended':
      return { state, steps: [] };
  }
}

type OnInput = (menu: PhoneMenu, state: PhoneState, digits: string, facts: PhoneFacts) => PhoneTurn;

const INPUTS: Readonly<Partial<Record<PhoneState['at'], OnInput>>> = {
  language: (menu, state, digits, facts) => {
    const chosen = menu.languages.find(({ key }) => key === digits);
    if (!chosen && state.misses < 1) return askLanguage(menu, { ...state, misses: state.misses + 1 });
    const spoken = chosen ? { language: chosen.language, chosen: chosen.language } : {};
    return askMain(menu, { ...state, ...spoken, misses: 0 }, facts.open ? [] : ['closed']);
  },
  menu: (menu, state, digits, facts) => {
    const choice = menu.choices[digits];
    if (choice) return CHOICES[choice](menu, { ...state, misses: 0 }, facts);
    return missed(menu, state, (again) => askMain(menu, again, []));
  },
  'claim-number': (menu, state, digits) => {
    if (digits.length === menu.claimDigits) return askFactor(menu, { ...state, claimDigits: digits, misses: 0 });
    return missed(menu, state, (again) => askClaim(menu, again, []));
  },
  'second-factor': (menu, state, _, facts) => {
    if (!facts.claim)
      return guessedWrong(menu, { ...state, claimDigits: undefined, wrong: [...(state.wrong ?? []), state.claimDigits ?? ''] });
    const texts = PHONE_TEXTS[state.language];
    const told = [
      speak(state, fill(texts.status, { stage: facts.claim.stage })),
      ...(facts.claim.next ? [speak(state, fill(texts.nextStep, { next: facts.claim.next }))] : []),
    ];
    return withFirst(told, askMain(menu, { ...state, claimDigits: undefined, misses: 0, told: true }, []));
  },
};

const CHOICES: Readonly<Record<PhoneChoice, (menu: PhoneMenu, state: PhoneState, facts: PhoneFacts) => PhoneTurn>> = {
  'leave-message': (menu, state) => leaveMessage(menu, state, []),
  'claim-status': (menu, state) => (mayGuess(menu, state) ? askClaim(menu, state, []) : leaveMessage(menu, state, [])),
  'my-adjuster': (menu, state, facts) => {
    if (!facts.open) return leaveMessage(menu, state, [say(state, 'closed')]);
    if (facts.numbers.length === 0) return leaveMessage(menu, state, [say(state, 'nobodyFree')]);
    return {
      state: { ...state, at: 'ringing' },
      steps: [say(state, 'connecting'), { do: 'dial', mark: 'ringing', numbers: facts.numbers, timeoutSeconds: menu.ringSeconds }],
    };
  },
};

function onInput(menu: PhoneMenu, state: PhoneState, digits: string, facts: PhoneFacts): PhoneTurn {
  const handle = INPUTS[state.at];
  return handle ? handle(menu, state, digits, facts) : end(state, [{ do: 'hang-up' }]);
}

// Whoever cannot or will not type is not sent round in circles: after some repeats they may simply say what they want.
function missed(menu: PhoneMenu, state: PhoneState, again: (state: PhoneState) => PhoneTurn): PhoneTurn {
  return state.misses < menu.repeats ? again({ ...state, misses: state.misses + 1 }) : leaveMessage(menu, state, []);
}

// Four digits are soon guessed by whoever may try for ever: after some wrong ones a person has to be spoken to.
const mayGuess = (menu: PhoneMenu, state: PhoneState): boolean => (state.wrong ?? []).length < menu.guesses;

function guessedWrong(menu: PhoneMenu, state: PhoneState): PhoneTurn {
  return mayGuess(menu, state) ? askClaim(menu, { ...state, misses: 0 }, ['noMatch']) : leaveMessage(menu, state, [say(state, 'noMatch')]);
}

function askLanguage(menu: PhoneMenu, state: PhoneState): PhoneTurn {
  const prompts = menu.languages.map(({ language }) => ({ language, text: PHONE_TEXTS[language].choose }));
  return {
    state: { ...state, at: 'language' },
    steps: [{ do: 'gather', mark: 'language', prompts, digits: 1, timeoutSeconds: menu.inputSeconds }],
  };
}

type Said = keyof (typeof PHONE_TEXTS)['en'];

function askMain(menu: PhoneMenu, state: PhoneState, before: readonly Said[]): PhoneTurn {
  return ask(menu, { ...state, at: 'menu' }, [...before, 'main'], 1);
}

function askClaim(menu: PhoneMenu, state: PhoneState, before: readonly Said[]): PhoneTurn {
  return ask(menu, { ...state, at: 'claim-number' }, [...before, 'claimNumber'], menu.claimDigits);
}

function askFactor(menu: PhoneMenu, state: PhoneState): PhoneTurn {
  return ask(menu, { ...state, at: 'second-factor' }, ['secondFactor'], menu.factorDigits);
}

function ask(menu: PhoneMenu, state: PhoneState, says: readonly Said[], digits: number): PhoneTurn {
  const prompts = says.map((text) => ({ language: state.language, text: PHONE_TEXTS[state.language][text] }));
  return { state, steps: [{ do: 'gather', mark: state.at, prompts, digits, timeoutSeconds: menu.inputSeconds }] };
}

function leaveMessage(menu: PhoneMenu, state: PhoneState, before: readonly CallStep[]): PhoneTurn {
  const record: CallStep = { do: 'record', mark: 'voicemail', maxSeconds: menu.messageSeconds, transcribe: true, language: state.language };
  return { state: { ...state, at: 'voicemail' }, steps: [...before, say(state, 'leaveMessage'), record] };
}

const withFirst = (first: readonly CallStep[], turn: PhoneTurn): PhoneTurn => ({ ...turn, steps: [...first, ...turn.steps] });
const end = (state: PhoneState, steps: readonly CallStep[]): PhoneTurn => ({ state: { ...state, at: 'done' }, steps });
const speak = (state: PhoneState, text: string): CallStep => ({ do: 'say', text, language: state.language });
const say = (state: PhoneState, text: Said): CallStep => speak(state, PHONE_TEXTS[state.language][text]);
