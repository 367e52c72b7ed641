import type { NodeView } from '@faultline/metrics';
import { memo } from 'preact/compat';
import type { Box } from './cohort-places.ts';
import { disagreement, lookOf, positionOf, spokenNode } from './node-words.ts';
import { RoleMark } from './role-mark.tsx';

/** A lower card has no line for the place in the log. */
const ROOMY_HEIGHT = 60;

interface Given {
  readonly node: NodeView;
  readonly box: Box;
  readonly nowUs: number;
  readonly faulty: boolean;
  readonly open: (event: { readonly currentTarget: SVGGElement }) => void;
}

/** One database node: a shape for its role, words for its state, its place in the log, and who sees it otherwise. */
export function NodeCard({ node, box, nowUs, faulty, open }: Given) {
  const look = lookOf(node);
  const otherwise = disagreement(node, nowUs);
  return (
    <g
      class={`node node-${look.tone}${node.writable ? ' node-writer' : ''}${faulty ? ' node-faulty' : ''}`}
      transform={`translate(${box.x} ${box.y})`}
      tabindex={0}
      role="button"
      aria-haspopup="menu"
      aria-label={spokenNode(node, nowUs)}
      data-node={node.node}
      data-status={node.status}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          open(event);
        }
      }}
    >
      <CardFace
        node={node.node}
        database={node.database}
        role={node.role}
        words={look.words}
        glyph={look.glyph}
        box={box}
        fenced={node.fenced}
      />
      {box.height < ROOMY_HEIGHT ? null : (
        <text class="node-position" x={12} y={56}>
          {positionOf(node)}
        </text>
      )}
      {otherwise === null ? null : <Disagreement words={otherwise} width={box.width} />}
    </g>
  );
}

interface Face {
  readonly node: string;
  readonly database: string;
  readonly role: string;
  readonly words: string;
  readonly glyph: string;
  readonly box: Box;
  readonly fenced: boolean;
}

const CardFace = memo(({ node, database, role, words, glyph, box, fenced }: Face) => (
  <>
    <rect class="node-body" width={box.width} height={box.height} rx={9} />
    <rect class="node-edge" width={4} height={box.height - 18} x={0} y={9} rx={2} />
    <RoleMark role={role} x={14} y={12} />
    <text class="node-name" x={36} y={23}>
      {shortName(node, database, box.width < 120 ? 8 : 17)}
    </text>
    <text class="node-glyph" x={12} y={41}>
      {glyph}
    </text>
    <text class="node-state" x={26} y={40}>
      {box.width < 120 ? words : `${role} · ${words}`}
    </text>
    {fenced ? <Padlock x={box.width - 24} y={10} /> : null}
  </>
));

/** Without the name of the database in front where that makes it too long. */
function shortName(node: string, database: string, most: number): string {
  const name = node.length > most && node.startsWith(`${database}-`) ? node.slice(database.length + 1) : node;
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

function Padlock({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g class="padlock" transform={`translate(${x} ${y})`}>
      <title>Fenced: it may not write any more.</title>
      <path d="M3.5 7V5a3.5 3.5 0 0 1 7 0v2" />
      <rect x="1.5" y="7" width="11" height="8" rx="2" />
    </g>
  );
}

function Disagreement({ words, width }: { readonly words: string; readonly width: number }) {
  const half = words.length * 2.9 + 17;
  return (
    <g class="disagreement" transform={`translate(${width / 2} -8)`}>
      <rect x={-half} y={-11} width={half * 2} height={19} rx={9.5} />
      <path d={`M${8 - half} -1.5q6 -6 12 0q-6 6 -12 0z`} />
      <circle cx={14 - half} cy={-1.5} r={1.8} />
      <text x={25 - half} y={2}>
        {words}
      </text>
    </g>
  );
}
