/** The canonical claim stages; codes of a claim core map onto them (claims-and-sla.md §4.1). */
export const STAGES = [
  'draft',
  'reported',
  'acknowledged',
  'documents',
  'investigation',
  'assessment',
  'decided',
  'settlement',
  'payment',
  'closed',
  'reopened',
  'appeal',
] as const;
export type Stage = (typeof STAGES)[number];
