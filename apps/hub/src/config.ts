import { z } from 'zod';

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: z.string().default('false'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  HUB_ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  HUB_SECRET: z.string().optional(),
  HUB_FILES: z.string().default('.data/files'),
  HUB_DATA: z.string().default('.data'),
  HUB_ALLOW_PRIVATE: flag.optional(),
  HUB_DEMO: flag.optional(),
  SMTP_PORT: z.coerce.number().int().min(0).max(65535).default(2525),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Everything that is needed before the database opens. All other settings are rows in it. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absent: the hub calls itself by the address it listens on. */
  readonly publicUrl: string | undefined;
  readonly trustProxy: boolean | string;
  /** Absent: the embedded PostgreSQL below `dataFolder`. */
  readonly databaseUrl: string | undefined;
  readonly role: 'all' | 'web' | 'worker';
  /** First one seals and signs, all are understood. Empty: the embedded mode makes one. */
  readonly secrets: readonly string[];
  readonly filesFolder: string;
  readonly dataFolder: string;
  readonly allowPrivate: boolean;
  readonly demo: boolean;
  readonly smtpPort: number;
  readonly logLevel: string;
}

/** Thrown for a bad environment: names every wrong variable, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment. @throws ConfigError */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = Environment.safeParse(dropEmpty(environment));
  if (!read.success) throw new ConfigError(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const env = read.data;
  const demo = env.HUB_DEMO ?? env.DATABASE_URL === undefined;
  const config: Config = {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    trustProxy: env.TRUST_PROXY === 'true' ? true : env.TRUST_PROXY === 'false' ? false : env.TRUST_PROXY,
    databaseUrl: env.DATABASE_URL,
    role: env.HUB_ROLE,
    secrets: (env.HUB_SECRET ?? '')
      .split(',')
      .map((secret) => secret.trim())
      .filter(Boolean),
    filesFolder: env.HUB_FILES,
    dataFolder: env.HUB_DATA,
    // The vendors of a demo live on this machine.
    allowPrivate: env.HUB_ALLOW_PRIVATE ?? demo,
    demo,
    smtpPort: env.SMTP_PORT,
    logLevel: env.LOG_LEVEL,
  };
  refuseUnsafe(config);
  return config;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/;

/** Whether a host name can only be reached from this machine. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

function refuseUnsafe(config: Config): void {
  if (config.demo && !isLoopback(config.host))
    throw new ConfigError('HOST: the demo listens on loopback only; set HUB_DEMO=false to serve others');
  if (config.demo && config.publicUrl && !isLoopback(new URL(config.publicUrl).hostname)) {
    throw new ConfigError('PUBLIC_URL: the demo refuses a public address; set HUB_DEMO=false to serve others');
  }
  if (config.databaseUrl && config.secrets.length === 0) {
    throw new ConfigError('HUB_SECRET: missing; make one with: openssl rand -base64 48');
  }
}

// An empty variable means "not set" in every compose file and unit file.
const dropEmpty = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
