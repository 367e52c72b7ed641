import { describeRecorded } from './recorded-simulations.ts';

describeRecorded(0);
