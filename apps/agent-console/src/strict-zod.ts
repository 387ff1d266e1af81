import { config } from 'zod';

// The page's security policy forbids making functions from text, which is how zod speeds up its checks. It decides when a schema
// is made, so this stands before everything else.
config({ jitless: true });
