import { Agenda, RandomStreams } from '@faultline/clock';
import { describe, expect, it } from 'vitest';
import { Network } from '../network/network.ts';
import { Node } from '../nodes/node.ts';
import { Recorder } from '../recorder.ts';
import type { PlaneContext } from './plane.ts';
import { StorageGroups } from './storage-group.ts';

/** A node in a Region, three members in its AZs, and a spare. */
function group() {
  const agenda = new Agenda();
  const streams = new RandomStreams('7');
  const recorder = new Recorder();
  const network = new Network(agenda, streams, []);
  const node = (id: string, az: string | null, role: string) =>
    new Node(
      't',
      { id, az: az ?? 'r', region: 'r', role, readable: true, writable: true },
      network.site(id, 'r', az),
      recorder,
    );
  const service = node('t', null, 'replica');
  const members = [node('t-a', 'az1', 'leader'), node('t-b', 'az2', 'follower'), node('t-c', 'az3', 'follower')];
  const spare = node('t-log', null, 'log-replica');
  const told: string[] = [];
  const context = {
    agenda,
    network,
    nodes: new Map([service, ...members, spare].map((each) => [each.id, each])),
    tellOf: (id: string, observation: string) => told.push(`${id} ${observation}`),
  } as unknown as PlaneContext;
  const layout = { serves: 't', members: ['t-a', 't-b', 't-c'], spare: 't-log', leaderRole: 'leader', writeQuorum: 2 };
  const groups = new StorageGroups([layout], context);
  const backing = () => {
    groups.refresh();
    return service.backing;
  };
  return { network, service, members, spare, groups, told, backing };
}

const stop = (node: Node | undefined) => node?.stop('stopped', true, 1);

describe('a storage group', () => {
  it('takes writes while its leader works and reaches a quorum', () => {
    const { members, backing } = group();
    expect(backing()).toEqual({ writes: true, reads: true });
    stop(members[1]);
    expect(backing()).toEqual({ writes: true, reads: true });
    stop(members[2]);
    expect(backing()).toEqual({ writes: false, reads: true });
  });

  it('takes none without a leader, until another member leads', () => {
    const { members, backing } = group();
    stop(members[0]);
    expect(backing()).toEqual({ writes: false, reads: true });
    Object.assign(members[0] as Node, { role: 'follower' });
    Object.assign(members[1] as Node, { role: 'leader' });
    expect(backing().writes).toBe(true);
  });

  it('serves nothing once the last member is gone', () => {
    const { members, backing } = group();
    for (const member of members) stop(member);
    expect(backing()).toEqual({ writes: false, reads: false });
  });

  it('does not count a leader that is cut off from all others, nor one that the serving node cannot reach', () => {
    const { network, backing } = group();
    const heal = network.disturb({ touches: (from, to) => (from.az === 'az1') !== (to.az === 'az1'), blocks: true });
    expect(backing().writes).toBe(false);
    heal();
    expect(backing().writes).toBe(true);
    network.disturb({ touches: (from, to) => from.name === 't' && to.name === 't-a', blocks: true });
    expect(backing().writes).toBe(false);
  });

  it('counts the spare for the quorum only while it is attached, and never for reads', () => {
    const { members, groups, backing, told } = group();
    stop(members[1]);
    stop(members[2]);
    groups.execute({ type: 'ATTACH_COPY', node: 't-log' });
    expect(told).toEqual(['t-log IN_SYNC']);
    expect(backing().writes).toBe(true);
    groups.execute({ type: 'DETACH_COPY', node: 't-log' });
    expect(backing().writes).toBe(false);
    stop(members[0]);
    expect(backing().reads).toBe(false);
  });

  it('does not count members that are slow or whose storage fails', () => {
    const { members, backing } = group();
    Object.assign(members[0] as Node, { slowdown: 1_000 });
    expect(backing().writes).toBe(false);
    Object.assign(members[0] as Node, { slowdown: 1, storage: 'failed' });
    expect(backing().writes).toBe(false);
  });

  it('refuses what it does not know', () => {
    const { groups } = group();
    expect(() => groups.execute({ type: 'ATTACH_COPY', node: 'elsewhere' })).toThrow('in no storage group');
    expect(() => groups.execute({ type: 'SET_ACKS', acks: 1 })).toThrow('SET_ACKS does not apply');
  });
});
