import { bank } from './folds/bank.ts';
import { comments } from './folds/comments.ts';
import { counter } from './folds/counter.ts';
import { finalSet } from './folds/final-set.ts';
import { longFork } from './folds/long-fork.ts';
import { sequential } from './folds/sequential.ts';
import { setFull } from './folds/set-full.ts';
import type { HistoryModel } from './history-model.ts';
import { isolationModel } from './isolation/isolation-model.ts';
import { checkListAppend } from './isolation/list-append.ts';
import { checkRwRegister } from './isolation/rw-register.ts';
import { linearizableBank } from './linearizability/bank-model.ts';
import { keyValue } from './linearizability/key-value-model.ts';
import { linearizabilityModel } from './linearizability/linearizability-model.ts';
import { multiRegister } from './linearizability/multi-register-model.ts';
import { mutex } from './linearizability/mutex-model.ts';
import { casRegister, register } from './linearizability/register-model.ts';
import { set } from './linearizability/set-model.ts';

const MODELS: readonly HistoryModel[] = [
  linearizabilityModel(register, {
    name: 'register',
    aliases: ['knossos-register'],
    summary: 'one value, nil at first; :read and :write',
  }),
  linearizabilityModel(casRegister, {
    name: 'cas-register',
    aliases: ['knossos-cas-register', 'cas'],
    summary: 'one value, nil at first; :read, :write, and :cas of [from to]',
  }),
  linearizabilityModel(keyValue, {
    name: 'key-value',
    aliases: ['kv', 'key-value-append', 'kv-append'],
    summary:
      'text or lists by key, empty at first; :get, :put, :append and :cas, with a :key or a :value of [key value]',
  }),
  linearizabilityModel(mutex, {
    name: 'mutex',
    aliases: ['knossos-mutex', 'lock'],
    summary: 'a lock, free at first; :acquire and :release',
  }),
  linearizabilityModel(set, {
    name: 'set',
    aliases: ['knossos-set'],
    summary: 'a set, empty at first; :add, :remove, and :read of all elements',
    needsRead: true,
  }),
  linearizabilityModel(multiRegister, {
    name: 'multi-register',
    aliases: ['knossos-multi-register'],
    summary:
      'registers that one operation reads and writes together; a :value of [[:read key value] [:write key value]]',
  }),
  linearizabilityModel(linearizableBank, {
    name: 'linearizable-bank',
    aliases: [],
    summary: 'accounts, whatever they hold at first; :transfer of {:from :to :amount}, and :read of all balances',
  }),
  isolationModel({
    name: 'list-append',
    aliases: ['elle-list-append', 'append'],
    summary: 'transactions over lists; [:append key element] with elements of their own, and [:r key list]',
    check: (operations, { consistencyModel, steps }) => checkListAppend(operations, consistencyModel, { left: steps }),
  }),
  isolationModel({
    name: 'rw-register',
    aliases: ['elle-rw-register', 'wr-register'],
    summary: 'transactions over registers; [:w key value] with values of their own, and [:r key value]',
    check: (operations, { consistencyModel, steps, linearizableKeys }) =>
      checkRwRegister(operations, consistencyModel, { left: steps }, { linearizableKeys }),
  }),
  bank,
  counter,
  longFork,
  setFull,
  finalSet,
  comments,
  sequential,
];

/** What a history can be held against, under every name that it has. */
export const historyModels: ReadonlyMap<string, HistoryModel> = new Map(
  MODELS.flatMap((model) => [model.name, ...model.aliases].map((name) => [name, model] as const)),
);
