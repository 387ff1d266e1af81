/** A regulator, by the domain of its mail. A star stands for one part of a name: `doi.*.gov`; what lies below a domain belongs to it. */
export interface Regulator {
  readonly domain: string;
  readonly name: string;
}

/** The regulators that come with the product; the list is a setting. */
export const DEFAULT_REGULATORS: readonly Regulator[] = [
  { domain: 'nfra.gov.cn', name: '国家金融监督管理总局' },
  { domain: 'cbirc.gov.cn', name: '国家金融监督管理总局' },
  { domain: 'circ.gov.cn', name: '国家金融监督管理总局' },
  { domain: 'doi.*', name: 'Department of Insurance' },
  { domain: 'doi.*.gov', name: 'Department of Insurance' },
  { domain: 'insurance.*.gov', name: 'Department of Insurance' },
  { domain: 'myfloridacfo.com', name: 'Florida Department of Financial Services' },
  { domain: 'floir.com', name: 'Florida Office of Insurance Regulation' },
  { domain: 'tdi.texas.gov', name: 'Texas Department of Insurance' },
  { domain: 'dfs.ny.gov', name: 'New York Department of Financial Services' },
  { domain: 'naic.org', name: 'NAIC' },
];

/** Whose mail address this is, where it is a regulator's. */
export function regulatorOf(address: string, regulators: readonly Regulator[]): Regulator | undefined {
  const at = address.lastIndexOf('@');
  if (at < 0) return undefined;
  const host = address
    .slice(at + 1)
    .trim()
    .toLowerCase()
    .split('.');
  return regulators.find(({ domain }) => endsWith(host, domain.toLowerCase().split('.')));
}

function endsWith(host: readonly string[], domain: readonly string[]): boolean {
  const tail = host.slice(-domain.length);
  return domain.length > 0 && tail.length === domain.length && domain.every((part, place) => part === '*' || part === tail[place]);
}

/** Who stays among the people of a mail, and who is left out of what is offered by itself: regulators are written to on purpose or not at all. */
export function withoutRegulators(
  addresses: readonly string[],
  regulators: readonly Regulator[],
): { readonly kept: readonly string[]; readonly leftOut: readonly string[] } {
  const isTheirs = (address: string): boolean => regulatorOf(address, regulators) !== undefined;
  return { kept: addresses.filter((one) => !isTheirs(one)), leftOut: addresses.filter(isTheirs) };
}
