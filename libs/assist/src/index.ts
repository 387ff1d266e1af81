export * from './classify/complaint-words';
export * from './classify/report-words';
export * from './classify/law-firm';
export * from './classify/loss-words';
export * from './phone/phone-menu';
export * from './phone/phone-texts';
