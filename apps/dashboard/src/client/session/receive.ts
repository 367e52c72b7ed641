import { ViewFold, type ViewState } from '@faultline/metrics';
import type { ServerMessage, ServerMessageOf } from '../../protocol/server-messages.ts';
import { type Lane, type Model, newLane, noRace } from './model.ts';

/** Takes one message of the server into the model. What belongs to an older run is past, and is dropped. */
export function receive(model: Model, message: ServerMessage, nowMs: number): void {
  if ('run' in message && message.type !== 'loaded' && message.run !== model.run) return;
  switch (message.type) {
    case 'welcome':
      model.session = message.session;
      model.catalogue = message.catalogue;
      model.status = 'open';
      break;
    case 'loaded':
      load(model, message);
      break;
    case 'records':
      fold(model, message, nowMs);
      break;
    case 'snapshot':
      restore(model, message, nowMs);
      break;
    case 'state':
      model.playing = message.playing;
      model.speed = message.speed;
      model.waiting = message.waiting;
      model.wantedUs = message.wantedUs;
      model.ended = message.ended;
      reach(model, message.atUs, nowMs);
      break;
    default:
      receiveResult(model, message);
  }
}

function receiveResult(model: Model, message: ServerMessage): void {
  switch (message.type) {
    case 'simulated': {
      const lane = model.lanes[message.lane];
      if (lane) Object.assign(lane, { simulatedToUs: message.toUs, done: message.done });
      break;
    }
    case 'measured': {
      const { digest, metrics, verdicts, held } = message;
      const lane = model.lanes[message.lane];
      if (lane) Object.assign(lane, { metrics, metricsToUs: metrics.endedAtUs, measured: { digest, verdicts, held } });
      break;
    }
    case 'measuring': {
      const lane = model.lanes[message.lane];
      if (lane) Object.assign(lane, { metrics: message.metrics, metricsToUs: message.toUs });
      break;
    }
    case 'problem':
      model.problem = message;
      break;
    case 'saved':
      model.saved = message;
      break;
    case 'exported':
      model.exported = message;
      break;
    case 'race-plan':
      model.race = { ...model.race, plan: { kinds: message.kinds, fault: message.fault, trials: message.trials } };
      break;
    case 'race-progress':
      model.race = { ...model.race, done: message.done, of: message.of };
      break;
    case 'race-distribution':
      model.race = { ...model.race, distribution: message };
      break;
    case 'refused':
      model.statusReason = message.reason;
      model.status = 'refused';
      break;
    case 'goodbye':
      model.statusReason = message.reason;
      model.status = 'ended';
  }
}

/** After an intervention the past stays: only what comes is another run. */
function load(model: Model, message: ServerMessageOf<'loaded'>): void {
  const isFirst = model.lanes.length === 0;
  const keeps = message.reason === 'intervention' || message.reason === 'resume';
  model.lanes = message.lanes.map((given, index): Lane => {
    const lane = newLane(given);
    const known = keeps ? model.lanes[index] : undefined;
    if (known === undefined) return lane;
    // What was broken by hand makes it another scenario than the one of that name.
    const name = message.reason === 'intervention' ? null : lane.name;
    return { ...lane, name, fold: known.fold, seq: known.seq };
  });
  if (message.reason === 'load' || message.reason === 'race') model.race = noRace;
  model.run = message.run;
  model.horizonUs = message.horizonUs;
  // Why something else is shown than the address asked for stays to be read.
  if (!isFirst) model.problem = null;
  model.saved = null;
  if (!keeps) model.atUs = 0;
}

function fold(model: Model, { lane: index, seq, atUs, records }: ServerMessageOf<'records'>, nowMs: number): void {
  const lane = model.lanes[index];
  if (!lane || seq > lane.seq) return;
  // Records that came before a connection broke may come again after it.
  for (const record of records.slice(lane.seq - seq)) lane.fold.add(record);
  lane.seq = Math.max(lane.seq, seq + records.length);
  reach(model, atUs, nowMs);
}

function restore(model: Model, { lane: index, seq, atUs, view }: ServerMessageOf<'snapshot'>, nowMs: number): void {
  const lane = model.lanes[index];
  if (!lane) return;
  lane.fold = ViewFold.from(view as ViewState);
  lane.seq = seq;
  reach(model, atUs, nowMs);
}

function reach(model: Model, atUs: number, nowMs: number): void {
  model.atUs = atUs;
  model.heardAtMs = nowMs;
}
