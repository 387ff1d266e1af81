/** The lines of business that rules, skills and checklists speak of. */
export const LINES_OF_BUSINESS = ['motor', 'property', 'health', 'accident', 'life', 'liability', 'travel', 'marine', 'other'] as const;
export type LineOfBusiness = (typeof LINES_OF_BUSINESS)[number];
