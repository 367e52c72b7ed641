import { MINUTE_US } from '@faultline/clock';
import type { DeploymentKind, Layout } from '@faultline/models';
import { azReference, type Places, PROXY_ENDPOINT } from './declared.ts';
import { proxyDefaults } from './defaults.ts';
import { distribution } from './distributions.ts';
import { contradict, type Fields, list, mapping, optional } from './mapping.ts';
import type { ProxySpec } from './proxy-spec.ts';
import { decimal, duration, wholeNumber } from './quantities.ts';
import { orWord, type Reader } from './reader.ts';
import type { Report } from './report.ts';
import type { DatabaseSpec } from './scenario.ts';
import type { Value } from './value.ts';
import { enumerate, quote } from './wording.ts';

/** ConnectionBorrowTimeout is 5 minutes at the most, IdleClientTimeout 8 hours (Amazon RDS User Guide, rds-proxy-managing, 2026-04). */
const LONGEST_BORROW_US = 5 * MINUTE_US;
const LONGEST_IDLE_US = 480 * MINUTE_US;
const MOST_CONNECTIONS = 10_000;

type Written = Fields<ReturnType<typeof fields>>;

function fields(places: Places) {
  return {
    azs: optional(list(azReference(places), { min: 2, max: 100, example: '[use1-az1, use1-az2]' }), null),
    connections: optional(wholeNumber(1, MOST_CONNECTIONS, 100), proxyDefaults.connections),
    borrowTimeout: optional(duration({ maxUs: LONGEST_BORROW_US, example: '120s' }), proxyDefaults.borrowTimeoutUs),
    idleClientTimeout: optional(
      duration({ minUs: 1, maxUs: LONGEST_IDLE_US, example: '30m' }),
      proxyDefaults.idleClientTimeoutUs,
    ),
    pinned: optional(decimal(0, 1, 0.1), proxyDefaults.pinnedShare),
    watch: optional(distribution, proxyDefaults.watch),
  };
}

/** `proxy: { borrowTimeout: 120s, … }`, `{}` for all defaults, or `none`. */
export function proxy(places: Places): Reader<Written | null> {
  return orWord({ none: null }, mapping('a mapping with the settings of the proxy', fields(places), '{}'));
}

/** The proxy with its AZs: all of the database's Region, where none are named. Undefined when something about it is wrong, which is reported. */
export function placeProxy(
  written: Written,
  value: Value,
  { name, engine }: DatabaseSpec,
  kind: DeploymentKind,
  layout: Layout,
  places: Places,
  report: Report,
): ProxySpec | undefined {
  if (kind.proxy === undefined) {
    return contradict(
      value,
      report,
      `a proxy for ${name}, a ${kind.id}`,
      'none: no proxy stands before this kind',
      'none',
    );
  }
  if (!kind.proxy.engines.includes(engine)) {
    const found = `a proxy for ${name}, whose engine is ${engine}`;
    return contradict(value, report, found, `none: the proxy speaks ${enumerate(kind.proxy.engines)}`, 'none');
  }
  if (layout.endpoints.some(({ id }) => id === PROXY_ENDPOINT)) {
    const found = `a proxy beside an endpoint of ${name} that is called ${quote(PROXY_ENDPOINT)}`;
    return contradict(value, report, found, 'another name for that endpoint', 'none');
  }
  const region = layout.nodes[0]?.region ?? '';
  const there = places.regions[region] ?? [];
  const azs = written.azs ?? there;
  const wrong = azs.findIndex((az, index) => !there.includes(az) || azs.indexOf(az) !== index);
  if (azs.length < 2 || wrong >= 0) {
    const list = value.type === 'mapping' ? (value.entries.get('azs') ?? value) : value;
    const item = list.type === 'list' ? (list.items[wrong] ?? list) : list;
    const found = wrong < 0 ? `a proxy in ${azs.length} AZ` : `a proxy in ${quote(azs[wrong] ?? '')}`;
    return contradict(item, report, found, `two or more different AZs of ${region}`, enumerate(there));
  }
  return {
    azs,
    connections: written.connections,
    borrowTimeoutUs: written.borrowTimeout,
    idleClientTimeoutUs: written.idleClientTimeout,
    pinnedShare: written.pinned,
    watch: written.watch,
  };
}

/** The hosts of a database's proxy, one in each of its AZs. */
export function proxyHosts({ name, proxy }: DatabaseSpec): readonly { readonly id: string; readonly az: string }[] {
  return (proxy?.azs ?? []).map((az, index) => ({ id: `${name}-proxy-${index + 1}`, az }));
}
