import { inspect } from 'node:util';
import type { Misbehaviour } from '../simulator';
import type { RuleScene } from './contract';
import type { Stage } from './stage';

const TROUBLES: readonly Misbehaviour['how'][] = [
  'answer-429',
  'answer-500',
  'close-mid-answer',
  'accept-then-die',
  'refuse',
  'opted-out',
  'unauthorized',
  'window-closed',
  'media-404',
];

/** What a kind is and keeps to itself. */
export const identityRules: readonly RuleScene[] = [
  {
    rule: 'named',
    says: 'the kind has a kebab-case name, a title and described fields',
    play: async ({ kind }) => {
      expect(kind.kind).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(kind.title.length).toBeGreaterThan(1);
      for (const [name, field] of [...fieldsOf(kind.config), ...fieldsOf(kind.secrets)]) {
        expect([name, typeof field.meta?.()?.title]).toEqual([name, 'string']);
        expect([name, typeof field.meta?.()?.description]).toEqual([name, 'string']);
      }
    },
  },
  {
    rule: 'refuses-empty-config',
    says: 'an empty configuration is refused, and so are empty secrets where there are any',
    play: async ({ kind, line }) => {
      expect(kind.config.safeParse({}).success).toBe(false);
      if (Object.keys(line.secrets).length > 0) expect(kind.secrets.safeParse({}).success).toBe(false);
    },
  },
  {
    rule: 'keeps-secrets',
    says: 'no secret is in an error, its cause, its stack or the log, whatever the vendor does',
    play: async (stage) => {
      await stirUpTrouble(stage);
      const said = stage.log.text();
      expect(said.length).toBeGreaterThan(100);
      for (const form of formsOfSecrets(stage)) expect([form, said.includes(form)]).toEqual([form, false]);
      expect(inspect(stage.channel)).not.toContain(Object.values(stage.line.secrets)[0] ?? '\0');
    },
  },
  {
    rule: 'checks',
    says: '"Test connection" is green when all is well and names the wrong field when it is not',
    play: async (stage) => {
      expect(await stage.channel.check()).toEqual({ ok: true, detail: expect.any(String) });
      const { field, config, secrets } = stage.harness.wrong;
      const other = stage.open({ config: { ...stage.line.config, ...config }, secrets: { ...stage.line.secrets, ...secrets } });
      expect(await other.check()).toEqual({ ok: false, field, problem: expect.stringMatching(/\w+ \w+/) });
    },
  },
  {
    rule: 'leaves-nothing',
    says: 'a closed channel leaves no socket and no timer behind',
    play: async (stage) => {
      await stage.closeChannels();
      // What the first channel closed takes a moment to be gone.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const before = resources();
      const channel = stage.open(stage.line);
      await channel.check();
      await channel.send(stage.message()).catch(() => undefined);
      await channel.close();
      // Other sockets of this process may have closed meanwhile: more is a leak, less is not.
      await stage.until(() => excess(resources(), before).length === 0, `${excess(resources(), before).join(', ')} to be gone`);
    },
  },
];

interface Described {
  meta?(): { title?: string; description?: string } | undefined;
}

function fieldsOf(schema: unknown): [string, Described][] {
  const shape = (schema as { shape?: Record<string, Described> }).shape;
  return Object.entries(shape ?? {});
}

async function stirUpTrouble(stage: Stage): Promise<void> {
  for (const how of TROUBLES) {
    stage.simulator.misbehave({ how });
    await stage.channel.send(stage.message()).catch((error: unknown) => stage.log.keep(error));
    await stage.channel.check().then(
      (checked) => stage.log.keep(checked),
      (error: unknown) => stage.log.keep(error),
    );
  }
  stage.simulator.misbehave(null);
  const wrong = stage.open({ config: stage.line.config, secrets: { ...stage.line.secrets, ...stage.harness.wrong.secrets } });
  await wrong.send(stage.message()).catch((error: unknown) => stage.log.keep(error));
  await stage.act(stage.harness.actions[0]);
  const request = stage.heard.find((one) => one.request)?.request;
  if (request && stage.harness.forge) await stage.knock(stage.harness.forge.unsigned(request));
  await stage.unplugVendor();
  await stage.channel.send(stage.message()).catch((error: unknown) => stage.log.keep(error));
}

/** Every secret as itself, in base64, as a URL parameter, and together with whatever an Authorization header puts before it. */
function formsOfSecrets(stage: Stage): string[] {
  const secrets = Object.values(stage.line.secrets).filter((secret) => secret.length >= 6);
  const users = [
    '',
    ...Object.values(stage.line.config)
      .filter((value): value is string => typeof value === 'string')
      .map((value) => `${value}:`),
  ];
  return secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    ...users.map((user) =>
      Buffer.from(user + secret)
        .toString('base64')
        .replace(/=+$/, ''),
    ),
  ]);
}

const resources = (): string[] => process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout|Pipe/.test(name));

function excess(now: readonly string[], before: readonly string[]): string[] {
  const left = [...before];
  return now.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
