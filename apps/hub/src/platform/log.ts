import { pino, type Logger } from 'pino';

// Whatever carries a secret or a person's words, should it ever get near a log line. Facts are ids, codes and counts.
const NEVER = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-twilio-signature"]',
  'headers.authorization',
  'headers.cookie',
  'password',
  'secret',
  'secrets',
  'token',
  'text',
  'body',
  'authToken',
  '*.password',
  '*.secret',
  '*.secrets',
  '*.token',
  '*.text',
  '*.body',
  '*.authToken',
];

/** The hub's log: one JSON line per fact, with the request's id where there is one. */
export function makeLog(level: string): Logger {
  return pino({ level, base: undefined, redact: { paths: NEVER, censor: '[left out]' }, timestamp: pino.stdTimeFunctions.isoTime });
}
