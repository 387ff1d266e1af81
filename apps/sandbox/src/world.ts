import {
  SIMULATORS,
  SimulatorServer,
  type CustomerAction,
  type Misbehaviour,
  type SimulatedCall,
  type SimulatedLine,
  type Simulator,
} from '@claimline/channels/simulators';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ClaimCoreBox } from './claim-core';
import { Failpoints } from './failpoints';
import { Received } from './received';
import { WorldError } from './world-error';

/** Which line an action is about: an inbox, or the only line of a kind. */
export interface Whose {
  readonly inbox?: string;
  readonly kind?: string;
}

/** The outside world in a box: every simulated vendor on one loopback port, the lines that were connected, and what customers received. */
export class World {
  readonly received = new Received();
  /** The insurer's own system: it is no vendor, but it lives in the box too. */
  readonly claimCore = new ClaimCoreBox();
  /** Milliseconds from the machine's time: vendors stamp and sign by the same clock as the hub that reads them. */
  offset = 0;
  private readonly lines = new Map<string, SimulatedLine>();
  private server!: SimulatorServer;

  private constructor(readonly failpoints: Failpoints) {}

  /** Starts every vendor. `control` answers the requests that belong to none of them. */
  static async start(
    { port, failpoints = false }: { readonly port: number; readonly failpoints?: boolean },
    control: (world: World, request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<World> {
    const world = new World(new Failpoints(failpoints));
    world.server = await SimulatorServer.start({
      kinds: SIMULATORS,
      port,
      now: () => new Date(Date.now() + world.offset),
      received: (entry) => world.received.add(entry),
      otherwise: (request, response) => control(world, request, response),
      failpointFor: (kind) => world.failpoints.for(kind),
    });
    return world;
  }

  /** Where it listens, without a trailing slash. */
  get url(): string {
    return this.server.origin;
  }

  get kinds(): readonly string[] {
    return [...this.server.simulators.keys()];
  }

  get lineCount(): number {
    return this.lines.size;
  }

  /** Configuration and secrets for a new line at a vendor in the box. */
  newLine(kind: string, address: string, manner?: string): ReturnType<Simulator['newLine']> {
    return this.vendor(kind).newLine(address, manner);
  }

  /** From now on the vendor brings customers' messages of this line to the hub, and takes the hub's. A line that is known gets its new settings. */
  async connect(line: SimulatedLine): Promise<void> {
    await this.vendor(line.kind).connect(line);
    this.lines.set(line.inboxId, line);
  }

  /** The line that is meant. @throws WorldError where it cannot be told */
  line({ inbox, kind }: Whose): SimulatedLine {
    const found = [...this.lines.values()].filter((line) => (inbox ? line.inboxId === inbox : line.kind === kind));
    if (found.length === 1) return found[0]!;
    throw new WorldError(
      found.length === 0 ? `no line is connected for ${inbox ?? kind ?? 'nothing'}` : `several lines are of kind ${kind}: name the inbox`,
    );
  }

  /** A customer does something; answers with what the hub said to the vendor. */
  async act(line: SimulatedLine, action: CustomerAction): Promise<{ id: string; status: number; body: string }> {
    try {
      return await this.vendor(line.kind).act(line, action);
    } catch (error) {
      throw new WorldError(error instanceof Error ? error.message : String(error));
    }
  }

  misbehave(kind: string, how: Misbehaviour | null): void {
    this.vendor(kind).misbehave(how);
  }

  /** Calls that run or have just ended, newest first. */
  calls(): readonly SimulatedCall[] {
    return [...this.server.simulators.values()].flatMap((vendor) => vendor.calls?.() ?? []);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private vendor(kind: string): Simulator {
    const vendor = this.server.simulators.get(kind);
    if (!vendor) throw new WorldError(`there is no vendor in the box for ${kind}`);
    return vendor;
  }
}
