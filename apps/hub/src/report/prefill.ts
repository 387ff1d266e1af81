import { impressionOf, reportHints } from '@claimline/assist';
import { dayIn, type ReportFields } from '@claimline/claims';
import { languageOfText } from '@claimline/messages';
import type { ReportGround } from '../views/report-ground.view';

const DAY_MS = 86_400_000;

/** When the customer first stated a loss; where no words say so, when they first wrote. */
export function lossStatedAt(ground: ReportGround, otherwise: Date): Date {
  const stated = ground.said.find(({ text }) => impressionOf(text).newLoss) ?? ground.said[0];
  return stated?.at ?? otherwise;
}

/** What of a report follows from a conversation. A suggestion in every field: a person reads and submits it. */
export function prefilled(ground: ReportGround, channel: string): ReportFields {
  const words = ground.said.map(({ text }) => text.trim()).filter(Boolean);
  const hints = reportHints(words.join('\n'));
  const stated = lossStatedAt(ground, new Date(0));
  const wasSaid = hints.daysAgo !== undefined || hints.lossKind !== undefined;
  const fields = {
    injured: hints.injured,
    reporterName: ground.contactName ?? undefined,
    phone: ground.phones[0],
    email: ground.email ?? undefined,
    wechat: ground.wechat ?? undefined,
    preferredChannel: channel,
    language: ground.language ?? languageOfText(words.join(' ')),
    lineOfBusiness: hints.line,
    lossKind: hints.lossKind,
    lossDate: wasSaid ? dayIn(ground.timeZone, new Date(stated.getTime() - (hints.daysAgo ?? 0) * DAY_MS)) : undefined,
    timeZone: ground.timeZone,
    location: hints.location,
    plate: hints.plate,
    usable: hints.usable,
    description: words.join('\n').slice(0, 5000) || undefined,
    evidence: ground.evidence.length > 0 ? ground.evidence : undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReportFields;
}
