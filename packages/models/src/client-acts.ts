import type { DeploymentKind } from './kind.ts';

/** The end of every outage, which happens in the clients, whoever runs the database: nobody but the customer can shorten it. */
export const clientActs = {
  'dns-cache': 'customer',
  reconnect: 'customer',
  'first-success': 'customer',
} as const satisfies DeploymentKind['acts'];
