import { consoles } from './consoles';
import { databaseGone } from './database-gone';
import { hubKilled } from './hub-killed';
import { mishaps } from './mishaps';
import { redelivery } from './redelivery';
import { media } from './media';
import { notices } from './notices';
import type { Scenario } from './scenario';
import { sendKilled } from './send-killed';
import { vendorTrouble } from './vendor-trouble';

/** Every fault the suite knows, in the order they are played. */
export const SCENARIOS: readonly Scenario[] = [
  hubKilled,
  databaseGone,
  redelivery,
  vendorTrouble,
  media,
  consoles,
  notices,
  sendKilled,
  mishaps,
];
