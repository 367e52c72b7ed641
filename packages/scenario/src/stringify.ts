import { Document, isCollection, isMap, visit } from 'yaml';
import { requestOf } from './cause.ts';
import { causes } from './causes.ts';
import { boundedMeasures } from './expectations.ts';
import { bytesText, distributionYaml, durationText, rateText } from './quantity-text.ts';
import type { ExpectSpec, FaultSpec, Scenario } from './scenario.ts';
import { eachOf, topologyYaml } from './topology-text.ts';
import type { TransactionWorkloadSpec, WorkloadSpec } from './workload-spec.ts';

/** A line of a flow mapping is broken beyond this. */
const LINE_WIDTH = 160;

/**
 * The scenario as YAML that `parseScenario` reads back to an equal one, every default written out, so that it
 * means the same when defaults change. Comments and the order of keys of the original file are not kept.
 *
 * The parameters of a database are written as they are: a kind's schema has to accept what it has made.
 */
export function stringifyScenario(scenario: Scenario): string {
  const document = new Document(
    {
      scenario: scenario.name,
      ...(scenario.summary === '' ? {} : { summary: scenario.summary }),
      seed: scenario.seed,
      horizon: durationText(scenario.horizonUs),
      sample: scenario.sampleEveryUs === 0 ? 'none' : durationText(scenario.sampleEveryUs),
      topology: topologyYaml(scenario.topology),
      workload: scenario.workload.map(workloadYaml),
      faults: scenario.faults.map(faultYaml),
      expect: expectYaml(scenario.expect),
    },
    { aliasDuplicateObjects: false },
  );
  writeSmallPartsInLine(document);
  return document.toString({ lineWidth: LINE_WIDTH });
}

function workloadYaml(work: WorkloadSpec) {
  return {
    client: work.client,
    op: work.action,
    arrivals: arrivalsYaml(work.arrivals),
    keys: work.keys,
    ...(work.action === 'transaction'
      ? transactionYaml(work)
      : { keyChoice: work.keyChoice, consistency: work.consistency }),
    ...(work.fromUs === 0 ? {} : { from: durationText(work.fromUs) }),
    ...(work.untilUs === null ? {} : { until: durationText(work.untilUs) }),
  };
}

function transactionYaml({ rows, reads, writes, writesPerKey, isolation }: TransactionWorkloadSpec) {
  return { reads, [rows === 'lists' ? 'appends' : 'writes']: writes, writesPerKey, isolation };
}

function arrivalsYaml(arrivals: WorkloadSpec['arrivals']) {
  switch (arrivals.process) {
    case 'poisson':
      return { poisson: rateText(arrivals.perSecond) };
    case 'every':
      return { every: durationText(arrivals.everyUs) };
    case 'closed':
      return { closed: { think: distributionYaml(arrivals.think) } };
  }
}

function faultYaml({ atUs, cause, target, forUs, options }: FaultSpec) {
  const request = requestOf(cause);
  if (request !== null) return { at: durationText(atUs), request, of: target.text };
  const known = causes.get(cause)?.options ?? {};
  const written = Object.entries(options).map(([name, option]) => {
    const isSize = Object.hasOwn(known, name) && known[name]?.type === 'bytes';
    return [name, isSize ? bytesText(Number(option)) : option];
  });
  return {
    at: durationText(atUs),
    fail: target.text,
    cause,
    ...Object.fromEntries(written),
    ...(forUs === null ? {} : { for: durationText(forUs) }),
  };
}

function expectYaml({ objectives, always, eventually, sometimes, events, measures }: ExpectSpec) {
  return {
    objectives: {
      ...(objectives.rtoUs === null ? {} : { rto: durationText(objectives.rtoUs) }),
      ...(objectives.rpoUs === null ? {} : { rpo: durationText(objectives.rpoUs) }),
      ...(objectives.clients === undefined
        ? {}
        : { clients: eachOf(objectives.clients, ({ rtoUs }) => ({ rto: durationText(rtoUs) })) }),
    },
    always,
    eventually,
    sometimes,
    events,
    measures: Object.fromEntries(Object.entries(measures).map(([name, bounds]) => [name, boundsYaml(name, bounds)])),
  };
}

function boundsYaml(name: string, bounds: ExpectSpec['measures'][string]) {
  const isDuration = Object.hasOwn(boundedMeasures, name) && boundedMeasures[name]?.unit === 'duration';
  const written = Object.entries(bounds).filter((entry): entry is [string, number] => entry[1] !== null);
  return eachOf(Object.fromEntries(written), (limit) => (isDuration ? durationText(limit) : limit));
}

/** Lists of words, and mappings of words inside of lists, read best on one line. */
function writeSmallPartsInLine(document: Document): void {
  visit(document, {
    Collection(_, node, path) {
      const inList = path.some((parent) => isCollection(parent) && !isMap(parent));
      const parts = isMap(node) ? node.items.map((pair) => pair.value) : node.items;
      if (inList || parts.every((part) => !isCollection(part))) node.flow = path.length > 1;
    },
  });
}
