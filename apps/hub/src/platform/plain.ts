import { Inject, type ExistingProvider, type FactoryProvider, type InjectionToken } from '@nestjs/common';

/** A name for something that has no class of its own, with its type. */
export class Token<Value> {
  declare readonly holds: Value;

  constructor(readonly name: string) {}
}

/** What can be asked for: a class (its instance is meant, however it is made) or a {@link Token}. */
type Wanted<Value> = { readonly prototype: Value } | Token<Value>;

/**
 * Binds a framework-free class in one line: `plain(Router, Database, Outbox, CLOCK)`.
 * Does not compile when the dependencies are not what the constructor wants, in its order.
 */
export function plain<Args extends unknown[], Instance>(
  made: new (...args: Args) => Instance,
  ...deps: { [Index in keyof Args]: Wanted<Args[Index]> }
): FactoryProvider<Instance> {
  return { provide: made, useFactory: (...given: unknown[]) => new made(...(given as Args)), inject: deps as InjectionToken[] };
}

/** Binds what somebody asks for (an abstract class or a token) to the class that does it. */
export function bind<Value>(asked: Wanted<Value>, by: { readonly prototype: Value }): ExistingProvider<Value> {
  return { provide: asked as InjectionToken, useExisting: by };
}

/** Asks for a token in a constructor of Nest's own (controllers, gateways): `@Given(CLOCK) clock: Clock`. */
export const Given = (token: Token<unknown>): ParameterDecorator & PropertyDecorator => Inject(token as unknown as InjectionToken);
