import type { Viewer } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import type { BroadcastAudience, BroadcastPreview } from '@claimline/protocol';
import { found } from '../http/problem';
import { BroadcastAudienceView, type NamedMember } from '../views/broadcast-audience.view';
import { WordBroadcast, type BroadcastWords } from './word-broadcast';

// Each is planned as if it were sent; beyond these the counts are of the first ones, and the page says so.
const CHECKED = 1000;
const SAMPLES = 5;
const LEFT_SHOWN = 20;

/** What somebody wants to say to whom. */
export interface BroadcastDraft {
  readonly template: string;
  readonly anyHour: boolean;
  readonly audience: BroadcastAudience;
}

type Counted = Omit<BroadcastPreview, 'total' | 'checked'>;

/** Shows real people of the audience with the words that they would get, and who would get none and why. */
export class PreviewBroadcast {
  constructor(
    private readonly database: Database,
    private readonly audience: BroadcastAudienceView,
    private readonly words: WordBroadcast,
    private readonly clock: Clock,
  ) {}

  async members(viewer: Viewer, audience: BroadcastAudience): Promise<{ brandId: string; members: NamedMember[] }> {
    const brandId = found(await this.audience.brandOf(this.database, viewer, audience.catastrophe));
    return { brandId, members: await this.audience.members(this.database, viewer, { brandId, audience }) };
  }

  async of(viewer: Viewer, { template, anyHour, audience }: BroadcastDraft): Promise<BroadcastPreview> {
    const { members } = await this.members(viewer, audience);
    const checked = members.slice(0, CHECKED);
    const said = { template, anyHour, catastrophe: audience.catastrophe };
    const counted: Counted = { willGet: 0, later: 0, notTold: {}, samples: [], left: [] };
    for (const member of checked) await this.count(counted, member, said);
    return { total: members.length, checked: checked.length, ...counted };
  }

  private async count(counted: Counted, member: NamedMember, said: BroadcastWords): Promise<void> {
    const worded = await this.words.of(this.database, member, said, this.clock.now());
    const who = { name: member.name, claim: member.claimNumber };
    if (!worded.told) {
      counted.notTold[worded.reason] = (counted.notTold[worded.reason] ?? 0) + 1;
      if (counted.left.length < LEFT_SHOWN) counted.left.push({ ...who, reason: worded.reason });
      return;
    }
    counted.willGet += 1;
    if (worded.plan.heldUntil) counted.later += 1;
    const { language, text } = worded.text;
    const ofLanguage = counted.samples.filter((sample) => sample.language === language).length;
    // Both languages are to be seen, also where the first hundred speak one.
    if (ofLanguage < SAMPLES) counted.samples.push({ ...who, channel: worded.plan.steps[0]!.channel, language, text });
  }
}
