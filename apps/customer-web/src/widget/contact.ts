import type { VisitorSend } from '@claimline/protocol';

/** What somebody typed as their address elsewhere; undefined where it is neither a mail address nor a number. The hub judges it again. */
export function contactIn(typed: string): VisitorSend['contact'] {
  const text = typed.trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text) && text.length <= 254) return { email: text };
  const digits = text.replace(/\D/g, '');
  return /^\+?[\d ()./-]{6,25}$/.test(text) && digits.length >= 7 && digits.length <= 15 ? { phone: text } : undefined;
}
