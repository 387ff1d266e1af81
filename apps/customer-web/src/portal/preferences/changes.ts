import type { PortalChoices, PortalChoose } from '@claimline/protocol';

/** The boxes of the page: `address channel purpose` → whether it is ticked. */
export type Ticks = Readonly<Record<string, boolean>>;

type Way = PortalChoices['ways'][number];

export const tickOf = (way: Way, purpose: string): string => `${way.address} ${way.channel} ${purpose}`;

/** Written notices by mail or page want a yes; everything else goes on until there is a no. */
const isTicked = (purpose: string, state: string): boolean =>
  purpose === 'electronic_notices' ? state === 'granted' : state !== 'opted-out';

export const ticksOf = (choices: PortalChoices): Ticks =>
  Object.fromEntries(
    choices.ways.flatMap((way) => way.purposes.map(({ purpose, state }) => [tickOf(way, purpose), isTicked(purpose, state)] as const)),
  );

/** What the customer has changed, as the hub takes it: what was left alone says nothing. */
export function consentsOf(choices: PortalChoices, ticks: Ticks): NonNullable<PortalChoose['consents']> {
  return choices.ways.flatMap((way) =>
    way.purposes.flatMap(({ purpose, state }) => {
      const ticked = ticks[tickOf(way, purpose)] ?? false;
      if (ticked === isTicked(purpose, state)) return [];
      return [{ address: way.address, channel: way.channel, purpose, state: ticked ? ('granted' as const) : ('opted-out' as const) }];
    }),
  );
}
