import { z } from 'zod';

/** `GET /demo/manifest.json`: what a script needs to drive a running demo from outside. */
export const DemoManifest = z.object({
  hub: z.string(),
  inboxes: z.array(z.looseObject({ id: z.string(), kind: z.string(), address: z.string() })),
  people: z.array(z.object({ role: z.string(), name: z.string(), email: z.string(), password: z.string() })),
  customers: z.array(
    z.object({
      name: z.string(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      /** Their open id at the WeChat line. */
      wechat: z.string().nullable().optional(),
      language: z.string(),
      claims: z.array(z.string()),
    }),
  ),
  claimEvents: z.object({ url: z.string(), apiKey: z.string() }),
  sandbox: z.object({ url: z.string() }),
});
export type DemoManifest = z.infer<typeof DemoManifest>;

/** `POST /demo/clock`: shifts the hub's clock; milliseconds from real time, or a word like `+2h`. */
export const DemoClock = z.object({
  offset: z.union([z.number().int(), z.string().regex(/^[+-]?\d+(ms|s|m|h|d)$/, 'milliseconds, or a number with ms, s, m, h or d')]),
});
