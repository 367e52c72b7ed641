import { Agenda, AgendaScheduler, RandomStreams } from '@faultline/clock';
import { type SchedulerLike, VirtualTimeScheduler } from 'rxjs';

const PENDING = 1_000;
const ROUNDS = 5;
const MEAN_DELAY_MS = 1_000;

/**
 * Exponential delays in whole microseconds, drawn beforehand: the figures are of the queues, not of the draws.
 * They are long, so that the queue does not learn them by heart.
 */
const delaysUs = (() => {
  const random = new RandomStreams('bench').stream('delays');
  return Float64Array.from({ length: 2 ** 17 }, () => Math.round(-Math.log1p(-random()) * MEAN_DELAY_MS * 1_000));
})();

const delayUs = (index: number): number => delaysUs[index % delaysUs.length] as number;

/** Runs a number of events and returns how many million it ran per second. */
type Contender = (events: number) => number;

const agendaAlone: Contender = (events) => {
  const agenda = new Agenda();
  let drawn = 0;
  for (let index = 0; index < PENDING; index++) {
    const work = (): void => {
      agenda.schedule(delayUs(drawn++), work);
    };
    work();
  }
  return millionPerSecond(events, () => {
    for (let index = 0; index < events; index++) agenda.step();
  });
};

const throughRx: Contender = (events) => {
  const agenda = new Agenda();
  hold(new AgendaScheduler(agenda), () => true);
  return millionPerSecond(events, () => {
    for (let index = 0; index < events; index++) agenda.step();
  });
};

/** It runs to its end or not at all, so it is stopped by no longer scheduling, and the rest counts too. */
const virtualTime: Contender = (events) => {
  const scheduler = new VirtualTimeScheduler();
  let left = events - PENDING;
  hold(scheduler, () => left-- > 0);
  return millionPerSecond(events, () => scheduler.flush());
};

/** Starts the hold model on a scheduler of RxJS: each action schedules itself again while it may. */
function hold(scheduler: SchedulerLike, mayGoOn: () => boolean): void {
  let drawn = 0;
  for (let index = 0; index < PENDING; index++) {
    scheduler.schedule(function () {
      if (mayGoOn()) this.schedule(undefined, delayUs(drawn++) / 1_000);
    }, delayUs(drawn++) / 1_000);
  }
}

function millionPerSecond(events: number, run: () => void): number {
  const startedAtMs = performance.now();
  run();
  return events / (performance.now() - startedAtMs) / 1_000;
}

/** The median of several rounds, after one that warms up. */
function median(contender: Contender, events: number): number {
  contender(events);
  const figures = Array.from({ length: ROUNDS }, () => contender(events)).sort((a, b) => a - b);
  return figures[ROUNDS >> 1] as number;
}

/** Prints how fast the agenda is in the hold model, beside RxJS's own virtual time. */
export function clockBench(print: (line: string) => void): void {
  print(`hold model: ${PENDING} events pending, each schedules its successor at an exponential delay`);
  const baseline = median(virtualTime, 40_000);
  const row = (name: string, figure: number): void => {
    const ratio = (figure / baseline).toFixed(1);
    print(`  ${name.padEnd(32)} ${figure.toFixed(3).padStart(7)} million events/s ${ratio.padStart(7)} x`);
  };
  row('Agenda', median(agendaAlone, 2_000_000));
  row('Agenda through AgendaScheduler', median(throughRx, 1_000_000));
  row('RxJS VirtualTimeScheduler', baseline);
}
