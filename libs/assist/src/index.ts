export * from './classify/loss-words';
export * from './phone/phone-menu';
export * from './phone/phone-texts';
