import { beliefsAbout, type NodeView } from '@faultline/metrics';
import { count, duration } from '@faultline/report';

/** How a node is doing, for its card: a tone (never the only sign), a glyph and words. */
export interface NodeLook {
  readonly tone: 'well' | 'busy' | 'down' | 'ghost';
  readonly glyph: '●' | '◐' | '✕' | '○';
  readonly words: string;
}

const LOOKS: Readonly<Record<NodeView['status'], NodeLook>> = {
  running: { tone: 'well', glyph: '●', words: 'running' },
  starting: { tone: 'busy', glyph: '◐', words: 'starting' },
  recovering: { tone: 'busy', glyph: '◐', words: 'recovering' },
  crashed: { tone: 'down', glyph: '✕', words: 'crashed' },
  stopped: { tone: 'ghost', glyph: '○', words: 'process not started' },
  'host-down': { tone: 'down', glyph: '✕', words: 'host down' },
  absent: { tone: 'ghost', glyph: '○', words: 'not made yet' },
};

export function lookOf(node: NodeView): NodeLook {
  const look = LOOKS[node.status];
  if (node.fenced) return { ...look, tone: 'down', words: node.status === 'running' ? 'fenced off' : look.words };
  // A Multi-AZ standby only keeps the data: that is how it should be.
  if (node.status === 'stopped' && node.role === 'standby') return { ...look, tone: 'well', words: 'keeps the copy' };
  return look;
}

/** Where it is in the log: a writer's newest write, or how far a copy is behind. */
export function positionOf(node: NodeView): string {
  const { position, lag, writable, status } = node;
  if (status === 'absent') return '';
  if (!writable && lag !== null && lag.lagUs > 0) return `${duration(lag.lagUs)} behind · ${count(lag.lagEntries)}`;
  if (writable && position !== null) return `lsn ${count(position.lsn)} · timeline ${position.timeline}`;
  if (!writable && lag !== null) return lookOf(node).tone === 'well' ? 'up to date' : '';
  return position === null ? '' : `lsn ${count(position.lsn)}`;
}

/** What to say where the observer and the clients do not agree; null where they do. */
export function disagreement(node: NodeView, nowUs: number): string | null {
  const { observer, clients, differ } = beliefsAbout(node, nowUs);
  if (!differ) return null;
  return observer === 'down' && clients === 'up'
    ? 'observer: gone, clients: fine'
    : 'observer: fine, clients: no answer';
}

/** One sentence for those who hear the page. */
export function spokenNode(node: NodeView, nowUs: number): string {
  const { words } = lookOf(node);
  const shown = [`${node.node} ${node.role} · ${words}`, positionOf(node), disagreement(node, nowUs) ?? ''];
  const parts = [shown.filter((part) => part !== '').join(' '), `in ${node.az}`];
  return `${parts.join(', ')}. Press Enter to break or mend it.`;
}
