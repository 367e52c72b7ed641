import { AgendaScheduler, drive, exponential, type Sampler, SECOND_US, sampler } from '@faultline/clock';
import type { ArrivalSpec, WorkloadSpec } from '@faultline/scenario';
import { Observable, type SchedulerAction, type SchedulerLike } from 'rxjs';
import { oncePer } from '../once-per.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Client } from './client.ts';
import type { Cohort } from './cohort.ts';

/** Sets a workload going: arrivals are an observable on the agenda, each starts one operation. */
export function startWorkload(world: Surroundings, cohort: Cohort, workload: WorkloadSpec, index: number): void {
  const { arrivals } = workload;
  const random = world.streams.stream(`${cohort.spec.name}/arrivals/${index}`);
  if (arrivals.process === 'closed') {
    const think = sampler(arrivals.think);
    for (const client of cohort.clients) loop(world, cohort, client, workload, () => think(random));
    return;
  }
  const gap = gapOf(arrivals);
  const choose = world.streams.stream(`${cohort.spec.name}/clients/${index}`);
  const evenly = arrivals.process === 'every';
  let turn = 0;
  const nextClient = (): Client => {
    const place = evenly ? turn++ % cohort.clients.length : Math.floor(choose() * cohort.clients.length);
    return cohort.clients[place] as Client;
  };
  const begin = (client: Client): void => cohort.begin(client, workload, null);
  if (cohort.straight) cohort.straight.add({ workload, gap, random, nextClient, begin });
  else
    drive(
      arrivalTimes(new AgendaScheduler(world.agenda), workload, () => gap(random)),
      world.agenda,
      () => begin(nextClient()),
    );
}

/**
 * Emits at each arrival, on the scheduler's time. The next arrival is in the agenda by then, so that the operation that
 * begins is the last thing in its event, and may go on from there as long as nothing else is due.
 */
function arrivalTimes(scheduler: SchedulerLike, workload: WorkloadSpec, gapUs: () => number): Observable<void> {
  return new Observable((subscriber) =>
    scheduler.schedule(
      function (this: SchedulerAction<unknown>) {
        if (workload.untilUs !== null && scheduler.now() * 1000 >= workload.untilUs) {
          subscriber.complete();
          return;
        }
        this.schedule(undefined, gapUs() / 1000);
        subscriber.next();
      },
      (workload.fromUs + gapUs()) / 1000,
    ),
  );
}

/** A closed loop: the client thinks, asks, waits for the outcome, and thinks again. */
function loop(
  world: Surroundings,
  cohort: Cohort,
  client: Client,
  workload: WorkloadSpec,
  thinkUs: () => number,
): void {
  const next = (): void => {
    world.agenda.schedule(Math.max(1, thinkUs()), () => {
      if (workload.untilUs === null || world.nowUs < workload.untilUs) cohort.begin(client, workload, next);
    });
  };
  world.agenda.schedule(workload.fromUs, next);
}

const gapOf = oncePer((arrivals: Exclude<ArrivalSpec, { readonly process: 'closed' }>): Sampler => {
  if (arrivals.process === 'every') return () => arrivals.everyUs;
  return sampler({ ...exponential('1s'), meanUs: SECOND_US / arrivals.perSecond });
});
