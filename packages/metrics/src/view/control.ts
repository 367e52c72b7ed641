import type { DnsRecord, FaultRecord, OperatorRecord, StateRecord } from '@faultline/trace';
import type { ChartView, EndpointView, FaultView, OperatorStepView } from './view-state.ts';

/** What is in force now: answers of endpoints, states of charts, causes, and people who were called. */
export class Control {
  readonly endpoints: EndpointView[];
  readonly charts: ChartView[];
  readonly faults: FaultView[];
  readonly steps: OperatorStepView[];

  constructor(
    endpoints: EndpointView[] = [],
    charts: ChartView[] = [],
    faults: FaultView[] = [],
    steps: OperatorStepView[] = [],
  ) {
    this.endpoints = endpoints;
    this.charts = charts;
    this.faults = faults;
    this.steps = steps;
  }

  repointed({ atUs, database, endpoint, nodes, ttlUs, propagatedAtUs }: DnsRecord): void {
    const place = this.endpoints.findIndex((known) => known.database === database && known.endpoint === endpoint);
    const previousNodes = this.endpoints[place]?.nodes ?? [];
    put(this.endpoints, place, {
      database,
      endpoint,
      nodes,
      previousNodes,
      ttlUs,
      changedAtUs: atUs,
      propagatedAtUs,
    });
  }

  changedState({ atUs, database, chart, state, tags, phase }: StateRecord): void {
    const place = this.charts.findIndex((known) => known.database === database && known.chart === chart);
    put(this.charts, place, { database, chart, state, tags, phase: phase ?? null, sinceUs: atUs });
  }

  faulted({ atUs, edge, index, cause, target, resolved, effective }: FaultRecord): void {
    if (!effective) return;
    const place = this.faults.findIndex((known) => known.index === index);
    if (edge === 'started') put(this.faults, place, { index, cause, target, resolved, startedAtUs: atUs });
    else if (place >= 0) this.faults.splice(place, 1);
  }

  operatorActed({ atUs, database, edge, step, who }: OperatorRecord): void {
    const place = this.steps.findIndex((known) => known.database === database && known.step === step);
    if (edge === 'called') put(this.steps, place, { database, step, who, calledAtUs: atUs });
    else if (place >= 0) this.steps.splice(place, 1);
  }
}

function put<T>(list: T[], place: number, value: T): void {
  if (place >= 0) list[place] = value;
  else list.push(value);
}
