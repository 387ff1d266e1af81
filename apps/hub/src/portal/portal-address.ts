import type { LinkPurpose } from '@claimline/conversations';
import { PublicUrl } from '../platform/public-url';

/** The addresses of the portal's pages, as they are written to customers. */
export class PortalAddress {
  constructor(private readonly publicUrl: PublicUrl) {}

  /** The page that a secure link opens. */
  portalUrl(purpose: LinkPurpose, token: string): string {
    return `${this.publicUrl.get()}/portal/${purpose}/${token}`;
  }

  /** The front door, where customers sign in by code. */
  home(): string {
    return `${this.publicUrl.get()}/portal`;
  }
}
