import { z } from 'zod';

/** Where Twilio's API really lives. */
export const TWILIO_API = 'https://api.twilio.com';

const accountSid = z
  .string()
  .regex(/^AC[0-9a-f]{32}$/, 'starts with AC, then 32 characters 0-9 a-f')
  .meta({ title: 'Account SID', description: 'Twilio Console → Account Dashboard → Account Info. Starts with AC.' });

const phoneNumber = z
  .string()
  .regex(/^\+[1-9]\d{5,14}$/, 'in international form, e.g. +15550100100')
  .meta({ title: 'Phone number', description: 'The number of this line as Twilio lists it, in international form: +15550100100.' });

const apiBaseUrl = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ''))
  .default(TWILIO_API)
  .meta({ title: 'API address', description: 'Leave as it is, unless Twilio is reached through another host.' });

/** What an administrator types for any line of Twilio's. */
export const twilioConfig = z.object({ accountSid, phoneNumber, apiBaseUrl });
export type TwilioConfig = z.infer<typeof twilioConfig>;

/** The one secret of an account: signs what Twilio sends and lets us in. */
export const twilioSecrets = z.object({
  authToken: z
    .string()
    .regex(/^[0-9a-f]{32}$/, '32 characters 0-9 a-f')
    .meta({
      title: 'Auth Token',
      description: 'Twilio Console → Account Dashboard → Account Info. The primary token: Twilio signs with it.',
    }),
});
export type TwilioSecrets = z.infer<typeof twilioSecrets>;
