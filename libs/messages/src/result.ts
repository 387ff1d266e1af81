/** Something that a caller must expect to fail, returned rather than thrown: a code and what it speaks of. */
export type Refusal<Code extends string = string> = { readonly refused: Code; readonly params?: Readonly<Record<string, string | number>> };

/** Whether an answer is a refusal. */
export function isRefusal<T extends object>(answer: T | Refusal): answer is Refusal {
  return 'refused' in answer;
}
