import { type Agenda, type RandomStreams, sampler } from '@faultline/clock';
import type { DeploymentKind } from '@faultline/models';
import type { OperatorSpec } from '@faultline/scenario';
import type { Recorder } from '../recorder.ts';

/** The people who do what the provider leaves to its customer: each step takes its own time to be decided and typed. */
export class Operators {
  readonly #agenda: Agenda;
  readonly #streams: RandomStreams;
  readonly #recorder: Recorder;
  readonly #specs: readonly OperatorSpec[];
  readonly #repoint: (cohort: string, to: string) => void;

  constructor(agenda: Agenda, streams: RandomStreams, recorder: Recorder, specs: readonly OperatorSpec[], repoint: (cohort: string, to: string) => void) {
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
    const operator = this.#specs.find((spec) => spec.database === database);
    this.#record(database, 'called', step, operator?.name ?? 'nobody');
    if (!operator || operator.refuses.includes(step)) return;
    const reaction = operator.reactions[step] ?? known.reaction;
    const delayUs = sampler(reaction)(this.#streams.stream(`${database}/operator/${step}`));
    this.#agenda.schedule(delayUs, () => {
      this.#record(database, 'done', step, operator.name);
      done();
      for (const repoint of operator.repoints) if (repoint.after === step) this.#repoint(repoint.client, repoint.to);
    });
  }

  #record(database: string, edge: 'called' | 'done', step: string, who: string): void {
    this.#recorder.add({ type: 'operator', atUs: this.#agenda.nowUs, database, edge, step, who });
  }
}
