import { reportHints } from '@claimline/assist';
import {
  ImportedPolicies,
  maskEnd,
  maskName,
  PolicySearchFailed,
  RemotePolicies,
  type FoundPolicy,
  type Policy,
  type PolicyWish,
  type ReportChange,
} from '@claimline/claims';
import type { ConversationRow } from '@claimline/conversations';
import type { Database, Seal } from '@claimline/database';
import { LINES_OF_BUSINESS } from '@claimline/messages';
import type { EndpointCheck, PolicyCandidate, PolicyList } from '@claimline/protocol';
import type { SealedEndpoints } from '../claims/line-out/sealed-endpoints';
import { HubProblem } from '../http/problem';
import type { ReportGroundView } from '../views/report-ground.view';

/** The settings row that says where policies are looked for. */
export const POLICY_SEARCH = 'policy-search';
const VALID_MS = 3_600_000;
const MOST_PHONES = 3;
const MOST = 10;
// A question that can match nothing: it proves address and key, and asks after nobody.
const NOBODY: PolicyWish = { number: '0000-TEST-0000' };

/** What of Nest's parts it works with. */
export interface PolicyParts {
  readonly database: Database;
  readonly endpoints: SealedEndpoints;
  readonly imported: ImportedPolicies;
  readonly ground: ReportGroundView;
  readonly seal: Seal;
}

/** Finds policies for people: masked until chosen, each with what it was found by; in the house's own system, else in imported lists. */
export class PolicyDesk {
  constructor(
    private readonly parts: PolicyParts,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  async find(wishes: readonly PolicyWish[], at: Date): Promise<PolicyList> {
    const { found, problem } = await this.search(wishes);
    const unique = [...new Map(found.map((policy) => [policy.number, policy])).values()];
    return { items: unique.slice(0, MOST).map((policy) => this.candidate(policy, at)), problem };
  }

  /** What a conversation gives to look by: the customer's phones, a plate and a policy number in their words. */
  async wishesOf(conversation: ConversationRow): Promise<PolicyWish[]> {
    const ground = await this.parts.ground.of(this.parts.database, conversation);
    const { plate, policy } = reportHints(ground.said.map(({ text }) => text).join('\n'));
    const wishes: PolicyWish[] = [{ number: policy, plate, phone: ground.phones[0] }];
    return [...wishes, ...ground.phones.slice(1, MOST_PHONES).map((phone) => ({ phone }))].filter((wish) =>
      Object.values(wish).some(Boolean),
    );
  }

  /** The policy behind a candidate, as fields of a report. @throws HubProblem `invalid` where the choice is too old or none of ours */
  chosen(ref: string, at: Date): ReportChange {
    const policy = this.opened(ref, at);
    const line = LINES_OF_BUSINESS.find((one) => one === policy.lineOfBusiness);
    return {
      policyNumber: policy.number,
      policyHolder: policy.holder,
      policyFrom: policy.startsOn,
      policyTo: policy.endsOn,
      ...(policy.plate && { plate: policy.plate }),
      ...(line && { lineOfBusiness: line }),
    };
  }

  async test(): Promise<EndpointCheck> {
    const endpoint = await this.parts.endpoints.read(this.parts.database, POLICY_SEARCH);
    if (!endpoint) return { ok: false, problem: 'no address is set' };
    try {
      await new RemotePolicies(endpoint, this.fetch).find(NOBODY);
      return { ok: true, problem: null };
    } catch (error) {
      return { ok: false, problem: error instanceof PolicySearchFailed ? error.message : 'no answer' };
    }
  }

  private async search(wishes: readonly PolicyWish[]): Promise<{ found: FoundPolicy[]; problem: string | null }> {
    const endpoint = await this.parts.endpoints.read(this.parts.database, POLICY_SEARCH);
    const { imported } = this.parts;
    const all = async (port: Pick<ImportedPolicies, 'find'>): Promise<FoundPolicy[]> =>
      (await Promise.all(wishes.map((wish) => port.find(wish)))).flat();
    if (!endpoint) return { found: await all(imported), problem: null };
    try {
      return { found: await all(new RemotePolicies(endpoint, this.fetch)), problem: null };
    } catch (error) {
      if (!(error instanceof PolicySearchFailed)) throw error;
      return { found: await all(imported), problem: error.message };
    }
  }

  private candidate(policy: FoundPolicy, at: Date): PolicyCandidate {
    const { reason, ...kept } = policy;
    return {
      ref: this.sealedUntil(kept, new Date(at.getTime() + VALID_MS)),
      number: maskEnd(policy.number),
      line: policy.lineOfBusiness,
      holder: maskName(policy.holder),
      plate: policy.plate && maskEnd(policy.plate),
      startsOn: policy.startsOn,
      endsOn: policy.endsOn,
      reason,
    };
  }

  /** A policy as a text that only we can read, good until then. */
  sealedUntil(policy: Policy, until: Date): string {
    const { keyId, sealed } = this.parts.seal.seal(Buffer.from(JSON.stringify({ policy, until: until.getTime() })));
    return `${keyId}.${sealed.toString('base64url')}`;
  }

  /** The policy behind such a text. @throws HubProblem `invalid` where it is too old or none of ours */
  opened(ref: string, at: Date): Policy {
    const [keyId = '', sealed = ''] = ref.split('.', 2);
    try {
      const { policy, until } = JSON.parse(this.parts.seal.open({ keyId, sealed: Buffer.from(sealed, 'base64url') }).toString('utf8')) as {
        policy: Policy;
        until: number;
      };
      if (until >= at.getTime()) return policy;
    } catch {
      // Somebody else's text and an old one get the same answer.
    }
    throw new HubProblem('invalid', {}, [{ path: 'policy', problem: 'look it up again: this choice is too old' }]);
  }
}
