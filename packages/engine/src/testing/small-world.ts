import { Agenda, RandomStreams } from '@faultline/clock';
import { Network } from '../network/network.ts';
import { Node } from '../nodes/node.ts';
import { Recorder } from '../recorder.ts';

const fixed = (us: number) => ({ kind: 'constant', us }) as const;

/** One node in one AZ, a client in another, 1 ms between them in each direction. */
export function smallWorld() {
  const agenda = new Agenda();
  const recorder = new Recorder();
  const streams = new RandomStreams('7');
  const network = new Network(agenda, streams, [{ between: ['az1', 'az2'], oneWay: fixed(1_000) }]);
  const site = network.site('orders-1', 'r', 'az1');
  const client = network.site('checkout', 'r', 'az2');
  const layout = { id: 'orders-1', az: 'az1', region: 'r', role: 'primary', readable: true, writable: true };
  const node = new Node('orders', layout, site, recorder);
  const out = network.path(client, site);
  const back = network.path(site, client);
  return { agenda, recorder, streams, network, node, client, site, out, back };
}
