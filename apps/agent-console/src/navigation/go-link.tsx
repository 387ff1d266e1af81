import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react';

/** A link inside the console: goes without loading the page again, and still opens in a new tab as links do. */
export function GoLink({
  href,
  onClick,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string; readonly ref?: Ref<HTMLAnchorElement> }) {
  const router = useRouter();
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // A query of our own goes as it is; the router would write it in its own way.
    if (href.includes('?')) router.history.push(href);
    else void router.navigate({ to: href });
  };
  return <a href={href} onClick={click} {...rest} />;
}
