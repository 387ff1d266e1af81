import { STAGES, type Stage } from '@claimline/messages';

/** What a claim core's own code means here. */
export interface MappedStage {
  readonly stage: Stage;
  readonly subStatus?: string;
}

/** Codes of a claim core, as it spells them, to our stages. A setting (`claims.stage-codes`): an administrator adds a line, nobody deploys. */
export type StageCodes = Readonly<Record<string, MappedStage>>;

const at = (stage: Stage, subStatus?: string): MappedStage => (subStatus ? { stage, subStatus } : { stage });

/** The codes that come with the product: the words of Chinese claim cores and those of the usual English ones. Settings win over them. */
export const USUAL_STAGE_CODES: StageCodes = {
  报案: at('reported'),
  接报案: at('reported'),
  已报案: at('reported'),
  受理: at('acknowledged'),
  已受理: at('acknowledged'),
  立案: at('acknowledged'),
  调度: at('acknowledged'),
  待补充资料: at('documents'),
  补充资料: at('documents'),
  收单: at('documents'),
  查勘: at('investigation'),
  调查: at('investigation'),
  审核: at('investigation'),
  定损: at('assessment'),
  核损: at('assessment'),
  理算: at('assessment'),
  核赔: at('assessment'),
  核定: at('decided'),
  赔付: at('decided', 'approved_full'),
  部分赔付: at('decided', 'approved_partial'),
  拒赔: at('decided', 'denied'),
  待确认赔付协议: at('settlement'),
  协议: at('settlement'),
  支付: at('payment', 'scheduled'),
  已支付: at('payment', 'issued'),
  支付失败: at('payment', 'failed'),
  结案: at('closed'),
  注销: at('closed', 'withdrawn'),
  零结: at('closed', 'no_loss'),
  重开: at('reopened'),
  重开赔案: at('reopened'),
  申诉: at('appeal'),
  new: at('reported'),
  fnol: at('reported'),
  open: at('acknowledged'),
  assigned: at('acknowledged'),
  pending_documents: at('documents'),
  under_review: at('investigation'),
  survey: at('investigation'),
  inspection: at('investigation'),
  adjusting: at('assessment'),
  approved: at('decided', 'approved_full'),
  partially_approved: at('decided', 'approved_partial'),
  denied: at('decided', 'denied'),
  declined: at('decided', 'denied'),
  offer: at('settlement'),
  paid: at('payment', 'issued'),
  withdrawn: at('closed', 'withdrawn'),
};

const folded = (code: string): string =>
  code
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Our spelling of a sub-state: lower case, with underscores. */
export const subStatusOf = (code: string | null | undefined): string | null => (code ? folded(code) : null);

/** The stage that a code stands for: by the settings, by our own names, by the usual codes. Undefined: nobody has said what it means. */
export function mapStage(settings: StageCodes, code: string): MappedStage | undefined {
  const key = folded(code);
  const own = Object.entries(settings).find(([known]) => folded(known) === key)?.[1];
  if (own) return own;
  const stage = STAGES.find((name) => name === key);
  return stage ? { stage } : Object.entries(USUAL_STAGE_CODES).find(([known]) => known === key)?.[1];
}
