import type { AddressRow } from '@claimline/conversations';
import type { AddressScheme } from '@claimline/messages';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { z } from 'zod';
import { HubProblem } from '../http/problem';
import type { OpenInbox } from '../inbound/open-inboxes';

const PROBLEMS: Partial<Record<AddressScheme, string>> = {
  tel: 'a telephone number, best with its country code, e.g. +15550100100',
  email: 'an e-mail address, e.g. name@example.com',
};

/**
 * A recipient that somebody typed, in the one spelling under which consent, holds and opt-outs know it: E.164, or lower case for mail.
 * What a line cannot read stays as it is: only an address that is known already reaches anybody there.
 * @throws HubProblem `invalid` at `path` for what is no number or no mail address
 */
export function typedRecipient(inbox: OpenInbox, typed: string, path: string, known: readonly AddressRow[] = []): string {
  const words = typed.trim();
  const scheme = inbox.kindOf.capabilities.schemes.find((one) => PROBLEMS[one] !== undefined);
  // An address of theirs is never guessed at, not even a short code.
  if (!scheme || known.some((address) => address.scheme === scheme && address.value === words)) return words;
  const value = scheme === 'tel' ? asNumber(words, inbox.region) : asMail(words);
  if (!value) throw new HubProblem('invalid', {}, [{ path, problem: PROBLEMS[scheme]! }]);
  return value;
}

// People everywhere write 00 for +, also where their own country dials something else. An extension is not part of what is written to.
function asNumber(typed: string, region: string): string | undefined {
  const number = parsePhoneNumberFromString(typed.normalize('NFKC').replace(/^00/, '+'), {
    defaultCountry: region.toUpperCase() as CountryCode,
    extract: false,
  });
  return number?.isPossible() && !number.ext ? number.number : undefined;
}

function asMail(typed: string): string | undefined {
  return z.email({ pattern: z.regexes.unicodeEmail }).max(320).safeParse(typed.toLowerCase()).data;
}
