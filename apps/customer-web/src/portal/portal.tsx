import { HomePage } from './home/home-page';
import { LinkPage } from './link-page';

/** The portal: `/portal` is the front door, `/portal/<purpose>/<token>` the page of a link. */
export function Portal({ path }: { readonly path: string }) {
  const [, purpose, token] = path.replace(/\/+$/, '').split('/').slice(1);
  // A link that lost its end on the way is a wrong link and not the front door.
  return purpose ? <LinkPage purpose={purpose} token={token ?? '-'} /> : <HomePage />;
}
