import type { DnsRecord } from '@faultline/trace';
import type { Invariant } from '../invariant.ts';
import { DNS_STANDARD, RDS_EVENTS } from '../sources.ts';
import { at, NONE, watchOf } from '../watching.ts';

/** A node that an endpoint no longer names, a fenced one above all, is forgotten by all resolvers within the TTL. */
export const dnsAnswersExpire: Invariant = {
  name: 'dns-answers-expire',
  meaning:
    'Once all servers of a zone know that an endpoint names another node, no resolver answers with the former one longer than the TTL.',
  promisedBy: [
    DNS_STANDARD('A record may be cached for as long as its TTL says, and must be asked for again after that.'),
    RDS_EVENTS('A failover changes the DNS record, and clients that honour its TTL find the new primary.'),
  ],
  hears: ['dns', 'answer'],
  applies: (header) => header.databases.length > 0,
  watch() {
    const records = new Map<string, DnsRecord[]>();
    return watchOf({
      dns(record) {
        const name = `${record.database}/${record.endpoint}`;
        const known = records.get(name);
        if (known) known.push(record);
        else records.set(name, [record]);
        return NONE;
      },
      answer(answer) {
        const { node, database, endpoint, atUs, ttlUs } = answer;
        if (node === null) return NONE;
        const known = records.get(`${database}/${endpoint}`) ?? [];
        for (let place = known.length - 1; place >= 0; place--) {
          const record = known[place] as DnsRecord;
          if (!record.nodes.includes(node)) continue;
          // Servers give it until the change that followed had reached all, and caches keep it for its TTL.
          const endsAtUs = (known[place + 1]?.propagatedAtUs ?? Number.POSITIVE_INFINITY) + record.ttlUs;
          if (atUs + ttlUs <= endsAtUs) return NONE;
          break;
        }
        const what = `A resolver answered ${database}.${endpoint} with ${node} at ${at(atUs)}, good for ${at(ttlUs)}: longer than its TTL allows after the record was changed.`;
        return [{ invariant: dnsAnswersExpire.name, atUs, database, what, evidence: [...known.slice(-2), answer] }];
      },
    });
  },
};
