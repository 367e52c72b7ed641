import type { ExploredChart } from './explored-chart.ts';
import { observationIn } from './observations.ts';
import { absent, answerOf, CURES, type Surroundings, type ToldFact } from './surroundings.ts';

/** An event that the world may send now. */
interface OfferedFact extends ToldFact {
  /** It can come in a world like this. All others may only not raise an error. */
  readonly plausible: boolean;
  /** It brings something back or answers an order; the others are what goes wrong, and what customers ask for. */
  readonly benign: boolean;
}

/** How much may go wrong, so that the exploration ends. */
export interface Limits {
  /** Troubles that hold at a time. */
  readonly atATime: number;
  /** Troubles and requests in all, one after the other; Infinity where the chart is small enough for any number. */
  readonly inAll: number;
}

/** Answers that nobody gives unasked. Others are offered always: a chart that has not asked has no use for them. */
const ANSWERS: readonly string[] = [
  'STARTED',
  'ENDPOINT_REPOINTED',
  'OPERATOR_DONE',
  'VOLUME_FENCED',
  'VOLUME_RECOVERED',
];

/** Answers, and news, that are welcome at any time. */
const FREE: readonly string[] = ['IN_SYNC', 'POSITIONS_COMPARED', 'CAUGHT_UP', 'PEERS_ANSWERED'];

/** A new host is up: nothing runs on it yet. */
const HOST_IS_UP = 'REACHABLE';

/** Every fact that the chart names, about every node, with everything that it may carry. No more than `limits` allow go wrong. */
export function offeredFacts(chart: ExploredChart, now: Surroundings, limits: Limits): readonly OfferedFact[] {
  return chart.facts.flatMap((type) => variantsOf(type, chart, now)).map((fact) => offered(fact, now, limits));
}

function offered(fact: ToldFact, now: Surroundings, { atATime }: Limits): OfferedFact {
  const { type, detail } = fact;
  const observed = observationIn(type) ?? type;
  const subject = String(detail.node ?? detail.segment ?? '');
  const isAwaited = now.awaited.includes(answerOf(fact));
  if (type.endsWith('_REQUESTED')) return { ...fact, plausible: now.left > 0, benign: false };
  if (!hasRole(type, subject, now)) return { ...fact, plausible: false, benign: false };
  if (now.troubles.includes(absent(subject))) return { ...fact, plausible: false, benign: false };
  const holding = now.troubles.filter((trouble) => !trouble.startsWith('ABSENT'));
  const mayWorsen = now.left > 0 && holding.length < atATime;
  if (Object.hasOwn(CURES, observed))
    return { ...fact, plausible: mayWorsen && !now.troubles.includes(`${observed} ${subject}`), benign: false };
  if (observed === HOST_IS_UP) {
    const wasAway = now.troubles.includes(`UNREACHABLE ${subject}`);
    // A host that reboots unwatched is up, and its process is not.
    const rebooted = mayWorsen && detail.running === false && !now.troubles.includes(`CRASHED ${subject}`);
    return { ...fact, plausible: wasAway || rebooted, benign: wasAway };
  }
  if (ANSWERS.includes(observed)) return { ...fact, plausible: isAwaited, benign: isAwaited };
  if (FREE.includes(observed)) return { ...fact, plausible: true, benign: true };
  const cures = Object.entries(CURES).some(
    ([trouble, cure]) => cure === observed && now.troubles.includes(`${trouble} ${subject}`),
  );
  return { ...fact, plausible: cures, benign: cures };
}

/** Facts about a node are named after its present role. */
function hasRole(type: string, node: string, { roles }: Surroundings): boolean {
  const observed = observationIn(type);
  if (!observed) return true;
  return roles[node]?.toUpperCase().replaceAll('-', '_') === type.slice(0, -observed.length - 1);
}

function variantsOf(type: string, { roles, kind }: ExploredChart, { awaited }: Surroundings): readonly ToldFact[] {
  const nodes = Object.keys(roles);
  const facts = (details: readonly ToldFact['detail'][]) => details.map((detail) => ({ type, detail }));
  const ofNodes = facts(nodes.map((node) => ({ node })));
  if (type.startsWith('SEGMENT_')) return facts([{ segment: 'segment-1', protectionGroup: 1 }]);
  if (observationIn(type) === HOST_IS_UP)
    return facts(nodes.flatMap((node) => [true, false].map((running) => ({ node, running }))));
  if (observationIn(type)) return ofNodes;
  if (type.endsWith('_REQUESTED')) return [...facts([{}]), ...ofNodes];
  switch (type) {
    case 'OPERATOR_DONE':
      return facts(Object.keys(kind.operatorSteps).map((step) => ({ step })));
    case 'ENDPOINT_REPOINTED':
      return facts(awaited.filter((answer) => answer.startsWith(type)).map(repointed));
    case 'POSITIONS_COMPARED':
      return facts([
        ...[[], nodes].map((lacking) => ({ newest: null, leastBehind: null, lacking })),
        ...nodes.map((newest) => ({ newest, leastBehind: newest, lacking: [] })),
      ]);
    case 'PEERS_ANSWERED':
      return nodes.flatMap((node) => {
        const peers = nodes.filter((peer) => peer !== node);
        return facts([[], peers].map((reachedBy) => ({ node, reachedBy })));
      });
    case 'VOLUME_FENCED':
    case 'VOLUME_RECOVERED':
      return facts(nodes.map((node) => ({ node, epoch: 2 })));
    default:
      return facts([{}]);
  }
}

function repointed(answer: string): ToldFact['detail'] {
  const [endpoint = '', names = ''] = answer.slice('ENDPOINT_REPOINTED '.length).split('>');
  const nodes = names === '' ? [] : names.split(',');
  return { endpoint, nodes, node: nodes[0] };
}

/** A fact in words, for paths and problems. */
export function labelOf({ type, detail }: ToldFact): string {
  return `${type} ${JSON.stringify(detail)}`;
}
