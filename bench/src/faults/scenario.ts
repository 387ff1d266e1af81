/** How far a scenario goes: `short` fits into the tests of every day, `whole` plays the figures that are published. */
export type Size = 'short' | 'whole';

/** What a scenario saw: what it counted, and each thing that was not as promised, as a sentence. An empty `wrong` means the promise holds. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

/** One fault done to a running hub on purpose, with the promise that has to survive it. `say` takes a line of progress for whoever watches. */
export interface Scenario {
  readonly name: string;
  readonly promise: string;
  run(size: Size, say: (line: string) => void): Promise<Outcome>;
}
