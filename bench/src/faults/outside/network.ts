import net, { type AddressInfo, type Server, type Socket } from 'node:net';

/** Which way bytes go: `up` from the consoles to the hub, `down` from the hub to the consoles. */
export type Way = 'up' | 'down';

/** The network between consoles and a hub, or the balancer before several: it can lose one direction, freeze, break, and lead elsewhere. */
export class Network {
  private readonly pairs = new Set<{ readonly up: Socket; readonly down: Socket }>();
  private readonly frozen = new Set<Way>();
  private readonly server: Server = net.createServer((console) => this.join(console));

  private constructor(private target: number) {}

  /** Opens a way to a port of this machine. */
  static async open(target: number): Promise<Network> {
    const network = new Network(target);
    await new Promise<void>((resolve) => network.server.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** New connections go there from now on. */
  leadTo(port: number): void {
    this.target = port;
  }

  /** Nothing passes in these directions, and nobody is told: neither end sees a connection break. */
  freeze(...ways: readonly Way[]): void {
    for (const way of ways) this.frozen.add(way);
    for (const pair of this.pairs) this.hold(pair);
  }

  /** Passes on what was held back, as a network does that has only lost packets. */
  thaw(): void {
    this.frozen.clear();
    for (const { up, down } of this.pairs) for (const socket of [up, down]) socket.resume();
  }

  /** Ends every connection that stands, as a router does that has forgotten them. */
  cut(): void {
    this.frozen.clear();
    for (const { up, down } of this.pairs) for (const socket of [up, down]) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  // A socket is named by where its bytes go to: what is read from the console goes up.
  private join(fromConsole: Socket): void {
    const fromHub = net.connect(this.target, '127.0.0.1');
    const pair = { up: fromConsole, down: fromHub };
    this.pairs.add(pair);
    const over = (): void => {
      this.pairs.delete(pair);
      fromConsole.destroy();
      fromHub.destroy();
    };
    for (const socket of [fromConsole, fromHub]) socket.setNoDelay(true).on('error', over).on('close', over);
    fromConsole.on('data', (bytes) => fromHub.write(bytes));
    fromHub.on('data', (bytes) => fromConsole.write(bytes));
    this.hold(pair);
  }

  private hold({ up, down }: { readonly up: Socket; readonly down: Socket }): void {
    if (this.frozen.has('up')) up.pause();
    if (this.frozen.has('down')) down.pause();
  }
}
