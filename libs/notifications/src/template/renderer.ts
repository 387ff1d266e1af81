import { Liquid, type Template as Parsed } from 'liquidjs';
import type { PrivacyClass } from '@claimline/messages';
import { publicWords, VARIABLES, type Words } from './variables';

/** A template's text that cannot be, or cannot be filled in, and why: `unreadable`, `not-private-enough`, `missing`. */
export class TemplateRefusal extends Error {
  override readonly name = 'TemplateRefusal';

  constructor(
    readonly why: 'unreadable' | 'not-private-enough' | 'missing',
    /** The variable, or the place in the text. */
    readonly what: string,
  ) {
    super(`${why}: ${what}`);
  }
}

// No files (an empty set of partials stands in for the disk), no properties of objects, and limits that no honest text reaches.
const liquid = new Liquid({
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 20_000,
  renderLimit: 200,
  memoryLimit: 1_000_000,
});

interface Readable {
  readonly parsed: Parsed[];
  readonly names: readonly string[];
}

// The same few texts are filled in again and again; what people type while they draft one is not kept for ever.
const MOST_KNOWN = 500;
const known = new Map<string, Readable>();

function read(text: string): Readable {
  const before = known.get(text);
  if (before) return before;
  const now = parse(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, now);
  return now;
}

function parse(text: string): Readable {
  try {
    const parsed = liquid.parse(text);
    return { parsed, names: liquid.globalVariablesSync(parsed) };
  } catch (error) {
    throw new TemplateRefusal('unreadable', (error as Error).message.slice(0, 200));
  }
}

/** The variables that a text names, also those it only asks for. @throws TemplateRefusal when it is not Liquid. */
export const variablesOf = (text: string): readonly string[] => read(text).names;

/**
 * Fills in a text for a channel of this privacy. A word that is too private for it is refused here even where publishing let it through.
 * @throws TemplateRefusal
 */
export function render(text: string, words: Words, privacy: PrivacyClass): string {
  const { parsed, names } = read(text);
  const tooPrivate = names.find((name) => (VARIABLES[name]?.sensitivity ?? 'P4') > privacy);
  if (tooPrivate !== undefined) throw new TemplateRefusal('not-private-enough', tooPrivate);
  try {
    return (liquid.renderSync(parsed, publicWords(words, privacy)) as string).replace(/[ \t]+\n/g, '\n').trim();
  } catch (error) {
    throw new TemplateRefusal(
      'missing',
      /undefined variable: (\w+)/.exec((error as Error).message)?.[1] ?? (error as Error).message.slice(0, 200),
    );
  }
}
