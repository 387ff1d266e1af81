import { control } from './control';
import { World } from './world';

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

/**
 * The sandbox as a program: says where it listens in one line of JSON, then serves until it is told to stop.
 * With `--attached` it also stops when its standard input ends, which is how it follows a parent that was killed. `--port` takes a fixed port.
 * `--failpoints` lets whoever reaches it have a process killed: for benches only.
 */
async function run(): Promise<void> {
  const world = await World.start({ port: Number(argument('--port') ?? 0), failpoints: process.argv.includes('--failpoints') }, control);
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    void world.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', leave).on('SIGINT', leave);
  if (process.argv.includes('--attached')) process.stdin.on('end', leave).on('error', leave).resume();
  process.stdout.write(`${JSON.stringify({ url: world.url })}\n`);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
