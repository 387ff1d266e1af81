import type { Clock } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { Config } from '../config';
import { Token } from './plain';

export const CLOCK = new Token<Clock>('clock');
export const LOG = new Token<Log>('log');
export const CONFIG = new Token<Config>('config');
/** The guarded client for everything that goes out: time-outs, no inward addresses unless allowed. */
export const FETCH = new Token<typeof fetch>('fetch');
