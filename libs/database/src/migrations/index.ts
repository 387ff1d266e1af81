import { People1795000000001 } from './0001-people';
import { Log1795000000002 } from './0002-log';
import { Conversations1795000000003 } from './0003-conversations';
import { Delivery1795000000004 } from './0004-delivery';
import { Claims1795000000005 } from './0005-claims';
import { Notifications1795000000006 } from './0006-notifications';
import { Routing1795000000007 } from './0007-routing';
import { Identity1795000000008 } from './0008-identity';
import { DeskRoles1795000000009 } from './0009-desk-roles';
import { Report1795000000010 } from './0010-report';
import { Storm1795000000011 } from './0011-storm';
import { Leave1795000000012 } from './0012-leave';
import { Complaints1795000000013 } from './0013-complaints';
import { Aftercare1795000000014 } from './0014-aftercare';
import { Paper1795000000015 } from './0015-paper';
import { Documents1795000000016 } from './0016-documents';
import { Surveys1795000000017 } from './0017-surveys';
import { Retention1795000000018 } from './0018-retention';
import { HotLists1795000000019 } from './0019-hot-lists';
import { ConfigurationNews1795000000020 } from './0020-configuration-news';
import { ClocksByPlace1795000000021 } from './0021-clocks-by-place';
import { LongHistory1795000000022 } from './0022-long-history';
import { QueueStatistics1795000000023 } from './0023-queue-statistics';
import { TasksOverTime1795000000024 } from './0024-tasks-over-time';

/** Every step of the schema, oldest first. A new one is a file and a line; a landed one is never changed. */
export const MIGRATIONS = [
  People1795000000001,
  Log1795000000002,
  Conversations1795000000003,
  Delivery1795000000004,
  Claims1795000000005,
  Notifications1795000000006,
  Routing1795000000007,
  Identity1795000000008,
  DeskRoles1795000000009,
  Report1795000000010,
  Storm1795000000011,
  Leave1795000000012,
  Complaints1795000000013,
  Aftercare1795000000014,
  Paper1795000000015,
  Documents1795000000016,
  Surveys1795000000017,
  Retention1795000000018,
  HotLists1795000000019,
  ConfigurationNews1795000000020,
  ClocksByPlace1795000000021,
  LongHistory1795000000022,
  QueueStatistics1795000000023,
  TasksOverTime1795000000024,
];
