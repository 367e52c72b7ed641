import { type AnswerView, type CohortView, isOutdated, type ViewState } from '@faultline/metrics';
import { count, duration } from '@faultline/report';
import type { Box } from './cohort-places.ts';

/** More clients than this share bars: each stands for several, in the order of their numbers. */
const BARS_MAX = 66;
const BARS = { x: 12, y: 46, width: 196, height: 28 };

interface Given {
  readonly cohort: CohortView;
  readonly view: ViewState;
  readonly box: Box;
  readonly nowUs: number;
}

/** Clients that come from one place: their DNS caches as bars that run down, and their connections. */
export function CohortCard({ cohort, view, box, nowUs }: Given) {
  const standing = standingOf(cohort, nowUs);
  const open = cohort.connections.reduce((total, { open }) => total + open, 0);
  const broken = cohort.connections.reduce((total, { broken }) => total + broken, 0);
  return (
    <g class={`cohort cohort-${standing}`} transform={`translate(${box.x} ${box.y})`} data-cohort={cohort.cohort}>
      <title>
        Each bar is the DNS cache of a client; its height is the time until the client asks again. Dark hatched bars
        hold an address that the endpoint no longer names.
      </title>
      <rect class="cohort-body" width={box.width} height={box.height} rx={9} />
      <text class="cohort-name" x={12} y={20}>
        {cohort.cohort}
      </text>
      <text class="cohort-count" x={box.width - 12} y={20}>
        {count(cohort.clients)} clients
      </text>
      <text class="cohort-caption" x={12} y={37}>
        {cacheWords(cohort, view, nowUs)}
      </text>
      <CacheBars cohort={cohort} view={view} nowUs={nowUs} />
      <Pool open={open} broken={broken} pooled={cohort.pooled} />
      <text class="cohort-outcome" x={12} y={109}>
        {cohort.lastError === null ? null : <title>{cohort.lastError}</title>}
        {outcomeWords(cohort, standing)}
      </text>
    </g>
  );
}

type Standing = 'idle' | 'fine' | 'mixed' | 'trouble';

/** An outcome says something about now for so long. */
const RECENT_OK_US = 3_000_000;
const RECENT_WRONG_US = 6_000_000;

function standingOf({ lastOkUs, lastWrongUs }: CohortView, nowUs: number): Standing {
  const ok = lastOkUs !== null && nowUs - lastOkUs < RECENT_OK_US;
  const wrong = lastWrongUs !== null && nowUs - lastWrongUs < RECENT_WRONG_US;
  if (lastOkUs === null && lastWrongUs === null) return 'idle';
  if (wrong) return ok ? 'mixed' : 'trouble';
  return ok ? 'fine' : 'trouble';
}

function outcomeWords({ lastError }: CohortView, standing: Standing): string {
  switch (standing) {
    case 'trouble':
      return fitted(`✕ ${lastError === null ? 'nothing succeeds' : `fails: ${lastError.replaceAll('-', ' ')}`}`);
    case 'mixed':
      return fitted(lastError === null ? '◐ some fail' : `◐ some: ${lastError.replaceAll('-', ' ')}`);
    case 'fine':
      return '✓ operations succeed';
    case 'idle':
      return '○ nothing asked yet';
  }
}

/** So many letters of the last line fit into the card. */
const OUTCOME_LETTERS = 28;

function fitted(text: string): string {
  return text.length > OUTCOME_LETTERS ? `${text.slice(0, OUTCOME_LETTERS - 1)}…` : text;
}

function cacheWords(cohort: CohortView, view: ViewState, nowUs: number): string {
  const { answers } = cohort;
  if (answers.length === 0) return 'no DNS answer cached yet';
  const outdated = answers.filter(({ endpoint, node }) => isOutdated(view, cohort.database, endpoint, node));
  const open = outdated.filter(({ expiresAtUs }) => expiresAtUs === null || expiresAtUs > nowUs);
  if (open.length > 0) {
    const longest = open.some(({ expiresAtUs }) => expiresAtUs === null)
      ? 'forever'
      : `for ${duration(secondsOnly(Math.max(...open.map(({ expiresAtUs }) => (expiresAtUs ?? nowUs) - nowUs))))}`;
    return `${count(open.length)} still hold an old address ${longest}`;
  }
  return outdated.length > 0 ? `${count(outdated.length)} last heard an old address` : 'DNS caches: all up to date';
}

/** A countdown that moves by whole seconds is easier to read than one that flickers. */
function secondsOnly(us: number): number {
  return Math.ceil(us / 1_000_000) * 1_000_000;
}

function CacheBars({ cohort, view, nowUs }: Omit<Given, 'box'>) {
  const answers = [...cohort.answers].sort((a, b) => a.client - b.client);
  const each = Math.max(1, Math.ceil(answers.length / BARS_MAX));
  const shown = answers.filter((_, index) => index % each === 0);
  const step = Math.min(9, BARS.width / Math.max(1, shown.length));
  return (
    <g transform={`translate(${BARS.x} ${BARS.y})`}>
      <line class="cache-floor" x1={0} x2={BARS.width} y1={BARS.height} y2={BARS.height} />
      {shown.map((answer, place) => {
        const height = Math.max(2, BARS.height * leftOf(answer, nowUs));
        const outdated = isOutdated(view, cohort.database, answer.endpoint, answer.node);
        return (
          <rect
            key={answer.client}
            class={outdated ? 'cache cache-old' : 'cache'}
            x={place * step}
            y={BARS.height - height}
            width={Math.max(1, step - 1.2)}
            height={height}
          />
        );
      })}
    </g>
  );
}

/** Share of an answer's lifetime that is left, 0 to 1. */
function leftOf({ atUs, expiresAtUs }: AnswerView, nowUs: number): number {
  if (expiresAtUs === null) return 1;
  return Math.min(1, Math.max(0, (expiresAtUs - nowUs) / Math.max(1, expiresAtUs - atUs)));
}

function Pool({ open, broken, pooled }: { readonly open: number; readonly broken: number; readonly pooled: boolean }) {
  const share = open === 0 ? 0 : broken / open;
  const words = !pooled
    ? 'a connection for each operation'
    : `${count(open)} connections${broken > 0 ? ` · ${count(broken)} broken` : ''}`;
  return (
    <g class="pool" transform="translate(12 80)">
      <rect class="pool-track" width={40} height={8} rx={4} y={2} />
      {open > 0 ? <rect class="pool-open" width={40 * (1 - share)} height={8} rx={4} y={2} /> : null}
      {broken > 0 ? <rect class="pool-broken" x={40 * (1 - share)} width={40 * share} height={8} rx={4} y={2} /> : null}
      <text x={48} y={10}>
        {words}
      </text>
    </g>
  );
}
