import { maskText, type MaskedText, type SensitiveKind } from '@claimline/messages';

// A number that a mail program has cut by tags is found in the plain text; in the HTML each piece of text is looked at by itself.
const maskHtml = (html: string): MaskedText => {
  const kinds = new Set<SensitiveKind>();
  const text = html.replace(/>[^<]*\d[^<]*</g, (between) => {
    const masked = maskText(between);
    masked.kinds.forEach((kind) => kinds.add(kind));
    return masked.text;
  });
  return { text, kinds: [...kinds] };
};

/** The words of a message as they came. */
export interface Wording {
  readonly text: string;
  readonly subject?: string | null;
  readonly quoted?: string | null;
  readonly html?: string | null;
}

/** The words as everybody may read them. `original` is set where something was taken out: to be sealed, never shown in lists. */
export interface MaskedWording {
  readonly wording: Wording;
  readonly kinds: readonly SensitiveKind[];
  readonly original: string | undefined;
}

/** Masks every part of a message's words. */
export function maskWording(came: Wording): MaskedWording {
  const parts = {
    text: maskText(came.text),
    subject: ifAny(came.subject, maskText),
    quoted: ifAny(came.quoted, maskText),
    html: ifAny(came.html, maskHtml),
  };
  const kinds = [...new Set(Object.values(parts).flatMap((part) => part?.kinds ?? []))];
  if (kinds.length === 0) return { wording: came, kinds, original: undefined };
  // A mail whose plain text holds a number that its HTML hides between tags is shown as plain text only.
  const html = parts.html && (parts.text.kinds.length === 0 || parts.html.kinds.length > 0) ? parts.html.text : null;
  return {
    kinds,
    original: JSON.stringify(came),
    wording: { text: parts.text.text, subject: parts.subject?.text ?? null, quoted: parts.quoted?.text ?? null, html },
  };
}

/** The facts of a message with what was masked in it: the thread says so, and offers to reveal it. */
export function noteMasked(
  facts: Readonly<Record<string, unknown>> | null | undefined,
  kinds: readonly SensitiveKind[],
): Readonly<Record<string, unknown>> | null {
  return kinds.length > 0 ? { ...facts, masked: kinds } : (facts ?? null);
}

const ifAny = (text: string | null | undefined, mask: (text: string) => MaskedText): MaskedText | undefined =>
  text === null || text === undefined ? undefined : mask(text);
