import { type Agenda, type Handle, type RandomStreams, sampler } from '@faultline/clock';
import type { DeploymentKind } from '@faultline/models';
import type { OperatorSpec } from '@faultline/scenario';
import type { OperatorRecord } from '@faultline/trace';
import type { Recorder } from '../recorder.ts';

/** The people who do what the provider leaves to its customer: each step takes its own time to be decided and typed. */
export class Operators {
  readonly #agenda: Agenda;
  readonly #streams: RandomStreams;
  readonly #recorder: Recorder;
  readonly #specs: Readonly<Record<string, OperatorSpec>>;
  readonly #repoint: (cohort: string, to: string) => void;
  /** Steps that somebody was called for and has not done, with the event that will do them (0 where nobody will); made with the first one. */
  #called: Map<string, { readonly who: string; readonly handle: Handle }> | null = null;

  constructor(
    agenda: Agenda,
    streams: RandomStreams,
    recorder: Recorder,
    specs: Readonly<Record<string, OperatorSpec>>,
    repoint: (cohort: string, to: string) => void,
  ) {
    this.#agenda = agenda;
    this.#streams = streams;
    this.#recorder = recorder;
    this.#specs = specs;
    this.#repoint = repoint;
  }

  /** Somebody has to do `step` for `database`; `done` follows when it is decided. Where the scenario names no operator, nobody does it. */
  call(kind: DeploymentKind, database: string, step: string, done: () => void): void {
    const known = kind.operatorSteps[step];
    if (!known) throw new Error(`${kind.id} has no operator step ${step}`);
    const operator = Object.values(this.#specs).find((spec) => spec.database === database);
    const who = operator?.name ?? 'nobody';
    const key = `${database}/${step}`;
    this.#record(database, 'called', step, who);
    const called = this.#called ?? new Map();
    this.#called = called;
    called.set(key, { who, handle: 0 });
    if (!operator || operator.refuses.includes(step)) return;
    const reaction = operator.reactions[step] ?? known.reaction;
    const delayUs = sampler(reaction)(this.#streams.stream(`${database}/operator/${step}`));
    const handle = this.#agenda.schedule(delayUs, () => {
      called.delete(key);
      this.#record(database, 'done', step, who);
      done();
      for (const repoint of operator.repoints) if (repoint.after === step) this.#repoint(repoint.client, repoint.to);
    });
    called.set(key, { who, handle });
  }

  /** The trouble is over before the step was done: it is left alone. */
  dismiss(database: string, step: string): void {
    const key = `${database}/${step}`;
    const called = this.#called?.get(key);
    if (!called) return;
    this.#called?.delete(key);
    if (called.handle !== 0) this.#agenda.cancel(called.handle);
    this.#record(database, 'dismissed', step, called.who);
  }

  /** How many persons were called for `database` and will act. */
  reacting(database: string): number {
    return [...(this.#called ?? [])].filter(([key, { handle }]) => handle !== 0 && key.startsWith(`${database}/`))
      .length;
  }

  #record(database: string, edge: OperatorRecord['edge'], step: string, who: string): void {
    this.#recorder.add({ type: 'operator', atUs: this.#agenda.nowUs, database, edge, step, who });
  }
}
