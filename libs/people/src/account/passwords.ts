import { hash, verify } from '@node-rs/argon2';

// OWASP's floor for argon2id: 19 MiB, two passes, one lane. One sign-in costs about 30 ms and cannot be hurried by a graphics card.
const TERMS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, TERMS);

// Compared with where there is no such account, so that the answer takes as long as for a wrong password.
let nobody: Promise<string> | undefined;

/** Whether the password is the account's; takes as long when there is no account. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await nobody), password);
  return stored !== undefined && matches;
}
