import type { ViewState } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';
import { useMemo } from 'preact/hooks';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';
import { useSize } from '../views/use-size.ts';
import { CohortCard } from './cohort-card.tsx';
import { EndpointPill, NameArrows } from './endpoint-pill.tsx';
import { layOut, type MapLayout } from './layout.ts';
import { MisledLines } from './misled-lines.tsx';
import { NodeCard } from './node-card.tsx';
import { Places } from './place-boxes.tsx';
import { StreamLine } from './stream-line.tsx';
import type { ThingToBreak } from './things.ts';
import { VolumeBand } from './volume-band.tsx';

/** Regions, AZs, nodes, streams, names and clients, as they are now. Everything can be clicked, and then broken. */
export function MapView() {
  const { session, model, ui } = useApp();
  const { ref, width, height } = useSize<HTMLDivElement>();
  const lane = viewedLane(model);
  const view = lane?.fold.view ?? null;
  const header = lane?.header ?? null;
  const names = view?.cohorts.map(({ answers }) => answers[0]?.endpoint ?? '').join('/') ?? '';
  const layout = useMemo(
    () => (header === null || view === null || width === 0 ? null : layOut(header, view, { width, height })),
    // The layout depends on the names in use, not on every answer.
    [header, names, width, height, view?.nodes.length],
  );
  const nowUs = session.nowUs(performance.now());
  const open = (thing: ThingToBreak, element: SVGGElement): void => {
    const { left, top, width: wide, height: high } = element.getBoundingClientRect();
    ui.set({ menu: { thing, x: left + wide / 2, y: top + Math.min(high, 60) } });
  };
  return (
    <div class="map" ref={ref}>
      {layout === null || view === null || header === null ? null : (
        <svg
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          class="map-picture"
          data-export="map"
          role="group"
          aria-label="Map of Regions, availability zones, database nodes, endpoints and clients"
        >
          <Markers />
          <Places layout={layout} faults={view.faults} open={open} />
          <DatabaseNames header={header} layout={layout} />
          <VolumeBand volumes={layout.volumes} segments={view.segments} faults={view.faults} open={open} />
          <NameArrows view={view} layout={layout} nowUs={nowUs} />
          <Streams view={view} layout={layout} playing={model.playing && !model.ended} open={open} />
          <Nodes header={header} view={view} layout={layout} nowUs={nowUs} open={open} />
          <MisledLines view={view} layout={layout} />
          {layout.endpoints.map((box) => {
            const known = view.endpoints.find((one) => one.database === box.database && one.endpoint === box.endpoint);
            const target = `${box.database}.${box.endpoint}`;
            const thing: ThingToBreak = { on: 'endpoint', target, title: `endpoint ${target}`, of: null, model: null };
            return known === undefined ? null : (
              <EndpointPill
                key={target}
                endpoint={known}
                box={box}
                nowUs={nowUs}
                open={(element) => open(thing, element)}
              />
            );
          })}
          {view.cohorts.map((cohort) => {
            const box = layout.cohorts.get(cohort.cohort);
            return box === undefined ? null : (
              <CohortCard key={cohort.cohort} cohort={cohort} view={view} box={box} nowUs={nowUs} />
            );
          })}
        </svg>
      )}
      <p class="map-legend">
        <span>◆ takes writes</span>
        <span>◐ waits to take over</span>
        <span>○ serves reads</span>
        <span>bars: clients’ DNS caches, running down</span>
      </p>
    </div>
  );
}

type Open = (thing: ThingToBreak, element: SVGGElement) => void;

function Nodes(given: { header: HeaderRecord; view: ViewState; layout: MapLayout; nowUs: number; open: Open }) {
  const { header, view, layout, nowUs, open } = given;
  return (
    <>
      {view.nodes.map((node) => {
        const box = layout.nodes.get(node.node);
        if (box === undefined) return null;
        const model = header.databases.find(({ database }) => database === node.database)?.model ?? null;
        const thing: ThingToBreak = {
          on: 'node',
          target: `${node.database}.${node.node}`,
          title: `${node.role} ${node.node}`,
          of: `${node.database}.${node.node}`,
          model,
        };
        const faulty = view.faults.some(({ resolved }) => resolved.includes(node.node));
        return (
          <NodeCard
            key={node.node}
            node={node}
            box={box}
            nowUs={nowUs}
            faulty={faulty}
            open={(event) => open(thing, event.currentTarget)}
          />
        );
      })}
    </>
  );
}

function Streams(given: { view: ViewState; layout: MapLayout; playing: boolean; open: Open }) {
  const { view, layout, playing, open } = given;
  return (
    <>
      {view.streams.map((stream) => {
        const [from, to] = [layout.nodes.get(stream.from), layout.nodes.get(stream.to)];
        const copy = view.nodes.find(({ node }) => node === stream.to);
        if (from === undefined || to === undefined || copy === undefined) return null;
        const railY = layout.rails.get(stream.database) ?? null;
        return <StreamLine key={`${stream.from}>${stream.to}`} {...{ stream, from, to, copy, playing, railY, open }} />;
      })}
    </>
  );
}

/** Several databases are told apart by a name at the left of their band; one needs none. */
function DatabaseNames({ header, layout }: { header: HeaderRecord; layout: MapLayout }) {
  if (header.databases.length < 2) return null;
  return (
    <>
      {header.databases.map(({ database, nodes, title }) => {
        const boxes = nodes.flatMap(({ node }) => layout.nodes.get(node) ?? []);
        const y = Math.min(...boxes.map((box) => box.y));
        const x = Math.min(...boxes.map((box) => box.x));
        return Number.isFinite(y) ? (
          <text key={database} class="database-name" x={x} y={y - 6}>
            {database}: {title}
          </text>
        ) : null;
      })}
    </>
  );
}

function Markers() {
  return (
    <defs>
      <marker id="arrowhead" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto">
        <path class="arrowhead" d="M0 0L10 5L0 10z" />
      </marker>
      <marker id="arrowhead-old" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto">
        <path class="arrowhead-old" d="M0 0L10 5L0 10z" />
      </marker>
      <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-line" width="2.4" height="7" />
      </pattern>
    </defs>
  );
}
