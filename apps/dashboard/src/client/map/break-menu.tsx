import type { NodeView } from '@faultline/metrics';
import { useEffect, useRef } from 'preact/hooks';
import type { Catalogue } from '../../protocol/catalogue.ts';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';
import { readableName } from '../views/readable-name.ts';
import type { ThingToBreak } from './things.ts';

interface Item {
  readonly id: string;
  readonly group: 'mend' | 'ask' | 'break';
  readonly name: string;
  readonly hint: string;
  readonly act: () => void;
}

const GROUPS = { mend: 'Mend', ask: 'Ask the service for', break: 'Break it now' } as const;

/** What can be done to the thing that was clicked. Each deed becomes part of the scenario at this instant. */
export function BreakMenu() {
  const app = useApp();
  const { ui, model, session } = app;
  const element = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const { menu } = ui.state;
  useEffect(() => {
    if (menu === null) return;
    opener.current = document.activeElement;
    element.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [menu]);
  if (menu === null || model.catalogue === null) return null;
  const items = itemsFor(menu.thing, model.catalogue, app);
  const close = (): void => {
    ui.set({ menu: null });
    if (opener.current instanceof HTMLElement || opener.current instanceof SVGElement) opener.current.focus();
  };
  const [left, top] = [Math.min(menu.x, window.innerWidth - 316), Math.min(menu.y, window.innerHeight - 250)];
  return (
    <aside
      class="menu-shade"
      aria-label="Break or heal"
      onPointerDown={(event) => event.target === event.currentTarget && close()}
    >
      <div
        class="menu"
        role="menu"
        ref={element}
        aria-label={`What to do to ${menu.thing.title}`}
        style={{
          left: `${Math.max(8, left)}px`,
          top: `${Math.max(8, top)}px`,
          maxHeight: `${window.innerHeight - Math.max(8, top) - 12}px`,
        }}
        onKeyDown={(event) => moveFocus(event, close)}
      >
        <p class="menu-title">{menu.thing.title}</p>
        {(['mend', 'ask', 'break'] as const).map((group) => {
          const own = items.filter((item) => item.group === group);
          return own.length === 0 ? null : (
            <div key={group} class={`menu-group menu-${group}`} role="group" aria-label={GROUPS[group]}>
              <p class="menu-head">{GROUPS[group]}</p>
              {own.map((item) => (
                <button
                  key={item.id}
                  type="button"
                  role="menuitem"
                  tabindex={-1}
                  data-item={item.id}
                  onClick={() => {
                    item.act();
                    if (!model.playing) session.send({ type: 'play' });
                    close();
                  }}
                >
                  <b>{item.name}</b>
                  <span>{item.hint}</span>
                </button>
              ))}
            </div>
          );
        })}
      </div>
    </aside>
  );
}

function itemsFor(
  thing: ThingToBreak,
  catalogue: Catalogue,
  { session, model }: ReturnType<typeof useApp>,
): readonly Item[] {
  const lane = viewedLane(model);
  const view = lane?.fold.view;
  const node = view?.nodes.find(({ database, node }) => `${database}.${node}` === thing.target);
  const names = [thing.target, node?.node, node === undefined ? undefined : `${node.database}.${node.role}`];
  // A Region's menu mends everything, also what has no place of its own on the map.
  const active = (view?.faults ?? []).filter(
    ({ target, resolved }) =>
      thing.on === 'region' || names.includes(target) || (resolved.length === 1 && names.includes(resolved[0])),
  );
  const kind = catalogue.kinds.find(({ id }) => id === thing.model);
  const database = thing.target.split('.')[0] ?? '';
  return [
    ...active
      .filter(({ cause }) => catalogue.causes.find(({ id }) => id === cause)?.lasts ?? true)
      .map(({ index, cause, target, resolved }): Item => {
        const act = () => session.send({ type: 'heal', fault: index });
        return {
          id: `heal-${index}`,
          group: 'mend',
          name: `Heal ${cause}`,
          hint: `on ${[target, ...resolved.filter((name) => name !== target)].join(', ')}`,
          act,
        };
      }),
    ...(thing.on === 'node' ? (kind?.requests ?? []) : []).map((request): Item => {
      const of = askedOf(request, thing, node);
      const act = () => session.send({ type: 'request', request, of });
      return {
        id: `request-${request}`,
        group: 'ask',
        name: readableName(request),
        hint: `of ${of}, as its customer`,
        act,
      };
    }),
    ...catalogue.causes
      .filter(({ targets }) => targets.includes(thing.on) || (thing.on === 'node' && targets.includes('database')))
      .map(({ id, summary, targets }): Item => {
        const target = targets.includes(thing.on) ? thing.target : database;
        return {
          id,
          group: 'break',
          name: readableName(id),
          hint: summary,
          act: () => session.send({ type: 'inject', cause: id, target }),
        };
      }),
  ];
}

/** Kinds whose customer names one node of several. */
const BY_NODE: Readonly<Record<string, readonly string[]>> = {
  'aurora.cluster': ['reboot', 'failover'],
  'rds.multi-az-cluster': ['reboot'],
  'dynamodb.global-table': ['evacuate'],
};

/** Whom a request goes to: the database, or the node where the kind wants one named. A writer is no heir of itself. */
function askedOf(request: string, { target, model }: ThingToBreak, node: NodeView | undefined): string {
  const database = target.split('.')[0] ?? '';
  if (!(BY_NODE[model ?? ''] ?? []).includes(request)) return database;
  return request === 'failover' && node?.writable === true ? database : target;
}

function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, close: () => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const here = items.indexOf(document.activeElement as HTMLElement);
  const next =
    event.key === 'ArrowDown'
      ? here + 1
      : event.key === 'ArrowUp'
        ? here - 1
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? -1
            : null;
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (next !== null) {
    event.preventDefault();
    event.stopPropagation();
    items.at(next % Math.max(1, items.length))?.focus();
  } else if (event.key !== 'Enter') event.stopPropagation();
}
