import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import { Token } from './plain';

type Wanted = { readonly prototype: unknown } | Token<unknown>;
type ValueOf<Asked> = Asked extends Token<infer Value> ? Value : Asked extends { readonly prototype: infer Value } ? Value : never;

/** Several dependencies as one object, for a constructor that takes them by name: `bundle('world', { clock: CLOCK, log: LOG })`. */
export function bundle<Parts extends Readonly<Record<string, Wanted>>>(
  name: string,
  parts: Parts,
): Token<{ readonly [Name in keyof Parts]: ValueOf<Parts[Name]> }> & { readonly provider: FactoryProvider } {
  const token = new Token<{ readonly [Name in keyof Parts]: ValueOf<Parts[Name]> }>(name);
  const names = Object.keys(parts);
  const provider: FactoryProvider = {
    provide: token as unknown as InjectionToken,
    useFactory: (...given: unknown[]) => Object.fromEntries(names.map((part, place) => [part, given[place]])),
    inject: Object.values(parts) as InjectionToken[],
  };
  return Object.assign(token, { provider });
}
