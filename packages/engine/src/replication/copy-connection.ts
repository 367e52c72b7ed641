import type { Network } from '../network/network.ts';
import { RETRANSMIT_FIRST_US } from '../network/path.ts';
import type { Node } from '../nodes/node.ts';
import type { Copy, CopyWork, Ways } from './copy.ts';
import type { PlaneContext } from './plane.ts';
import { type Feed, Stream } from './stream.ts';

/** Hosts may be replaced in another AZ: the ways are those between the sites of the moment. */
export function waysBetween(network: Network, { site: from }: Node, copy: Copy): Ways {
  const to = copy.node.site;
  if (copy.ways === null || copy.ways.out.from !== from || copy.ways.out.to !== to)
    copy.ways = { out: network.path(from, to), back: network.path(to, from) };
  return copy.ways;
}

/** A new stream from `feed` to a copy, from where the copy stands. */
export function openStream(
  { agenda, streams, database, observed }: PlaneContext,
  work: CopyWork,
  feed: Feed,
  copy: Copy,
  { out, back }: Ways,
): Stream {
  const { nowUs } = agenda;
  const held = copy.receivedHead(nowUs);
  // A sender that is behind this copy takes nothing back: the copy waits until it has more.
  const base = Math.min(feed.timeline.sharedWith(copy.timeline, held), feed.timeline.head);
  const stream = new Stream({
    feed,
    base,
    appliedBase: Math.min(copy.appliedHead(nowUs), base),
    out,
    back,
    acknowledges: copy.durable ? work.acknowledgedWhen : null,
    flush: work.flush,
    flushesInBatches: work.flushesInBatches,
    applyUs: copy.replays ? work.applyUs : null,
    random: streams.stream(`${database}/${copy.node.id}/send`),
    fromUs: nowUs,
  });
  // Who watches the run asks where an entry was when it was acknowledged, which may be long ago.
  if (observed) stream.rememberArrivals();
  return stream;
}

/** Connects or disconnects the stream from `sender` to a copy, as nodes, ways and faults are now. */
export function refreshConnection(
  context: Pick<PlaneContext, 'agenda' | 'change'>,
  sender: Node,
  copy: Copy,
  stream: Stream,
  { out, back }: Ways,
): void {
  const { agenda } = context;
  const { nowUs } = agenda;
  const reaches = copy.paused === 0 && sends(sender) && receives(copy) && out.open;
  if (reaches && back.open) {
    if (stream.connected) stream.hearAgain(nowUs);
    else stream.connect(nowUs);
  } else if (reaches && stream.connected && nowUs < unheardUntilUs(back)) {
    if (!stream.heard) return;
    stream.loseAnswers(nowUs);
    agenda.scheduleAt(unheardUntilUs(back), () => context.change(() => {}));
  } else {
    // What has left is lost on a closed path, at a receiver that is gone, or refused from a fenced sender.
    const losesInFlight = sender.fenced || !receives(copy) || !out.open;
    if (stream.connected) stream.disconnect(nowUs, losesInFlight);
    else if (losesInFlight) stream.loseInFlight(nowUs);
  }
}

/**
 * Until when a sender that gets no acknowledgement goes on. Its retransmission timer then runs out for the first time;
 * from there on TCP sends nothing new, only the oldest segment again (RFC 6298, section 5; RFC 5681, 3.1: the window
 * is one segment). That this ends the stream long before `wal_sender_timeout` (60 s) ends the connection makes no
 * difference to data. What the window holds by then is taken to be enough for what is written meanwhile.
 */
function unheardUntilUs(back: Ways['back']): number {
  return back.closedAtUs + RETRANSMIT_FIRST_US;
}

function sends({ alive, fenced, storage }: Node): boolean {
  return alive && !fenced && storage === 'ok';
}

function receives({ node, replays }: Copy): boolean {
  return node.hostUp && node.storage === 'ok' && (!replays || node.process === 'running');
}

/** Newest position that the sender could send now. */
export function availableHead(feed: Feed, nowUs: number): number {
  let lsn = feed.head();
  while (lsn > feed.timeline.base && feed.availableAtUs(lsn) > nowUs) lsn--;
  return lsn;
}
