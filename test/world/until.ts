/** Asks again until the answer is there; throws after `seconds` (generous: a loaded machine is slow, not wrong) with what it was waiting for and the last answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false | null>, seconds = 45): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${seconds} s for ${what}; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}
