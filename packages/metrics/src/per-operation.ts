import type { OpRecord } from '@faultline/trace';

type Action = OpRecord['action'];

/** One value for each cohort and action, made when the first operation of that kind is seen. */
export interface PerOperation<Value> {
  of(record: OpRecord): Value;
  map<Result>(convert: (cohort: string, action: Action, value: Value) => Result): readonly Result[];
}

export function perOperation<Value>(make: () => Value): PerOperation<Value> {
  const values = { write: new Map<string, Value>(), read: new Map<string, Value>() };
  return {
    of({ cohort, action }) {
      let value = values[action].get(cohort);
      if (value === undefined) {
        value = make();
        values[action].set(cohort, value);
      }
      return value;
    },
    map(convert) {
      const actions: readonly Action[] = ['write', 'read'];
      return actions.flatMap((action) => [...values[action]].map(([cohort, value]) => convert(cohort, action, value)));
    },
  };
}
