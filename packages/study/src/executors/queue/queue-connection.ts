import { Redis } from 'ioredis';
import { QueueError } from './queue-error.ts';
import { shownUrl } from './shown-url.ts';

/** Jobs of another version of the simulator would have other results, or another form of them: each has a queue of its own. */
export const QUEUE_NAME = 'faultline-0.1.0-columns';

/** BullMQ needs commands that came with Redis 6.2 (BullMQ documentation, "Redis compatibility"); Valkey began at 7.2. */
const OLDEST = [6, 2] as const;

const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 10_000;

const RETRY_EVERY_MS = 1_000;

/**
 * How BullMQ wants to be connected: it waits for a server that is away, however long. `over`: whether nobody waits any
 * more; a connection that is tried again for ever would keep the process from its end.
 */
export function connectionOptions(url: string, over: () => boolean = () => false) {
  const retryStrategy = (): number | null => (over() ? null : RETRY_EVERY_MS);
  return { url, maxRetriesPerRequest: null, enableReadyCheck: true, retryStrategy } as const;
}

/** Refuses a queue that is no queue, away, too old, or that throws jobs away when its memory is full. */
export async function checkQueue(url: string): Promise<void> {
  if (!/^(?:redis|rediss|unix):\/\/./.test(url)) {
    throw new QueueError(
      `--queue: found ${JSON.stringify(shownUrl(url))}, expected the URL of a Redis or Valkey server, for example redis://127.0.0.1:6379`,
    );
  }
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = '';
  redis.on('error', (error: Error & { code?: string }) => {
    reason = error.code ?? error.message;
  });
  try {
    await answered(async () => {
      await redis.connect();
      checkServer(url, await redis.info());
    });
  } catch (error) {
    if (error instanceof QueueError) throw error;
    const why = reason === '' ? (error as Error).message : reason;
    throw new QueueError(`--queue ${shownUrl(url)}: ${refusalOf(why)}`);
  } finally {
    redis.disconnect();
  }
}

/** What a server that cannot be used said, in words that tell what to do. */
function refusalOf(why: string): string {
  if (/NOAUTH/.test(why))
    return 'the server asks for a password; expected it in the URL, as redis://:PASSWORD@HOST:6379';
  if (/WRONGPASS|invalid password/i.test(why))
    return 'the server refuses this name or password; expected those that it knows, as redis://NAME:PASSWORD@HOST:6379, with %40 for an @';
  return `cannot be reached (${why}); expected a Redis or Valkey server that answers there`;
}

/** Something that takes connections and says nothing would be waited for without end. */
async function answered(ask: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = ANSWER_TIMEOUT_MS / 1_000;
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), ANSWER_TIMEOUT_MS);
  });
  try {
    await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function checkServer(url: string, info: string): void {
  const field = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const version = field('redis_version');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new QueueError(
      `--queue ${shownUrl(url)}: found version ${version || 'unknown'}, expected Redis ${OLDEST.join('.')} or newer, or Valkey`,
    );
  }
  const policy = field('maxmemory_policy');
  if (field('maxmemory') !== '0' && policy !== 'noeviction') {
    throw new QueueError(
      `--queue ${shownUrl(url)}: found maxmemory-policy ${policy}, which throws work away when memory is short; expected noeviction, for example: redis-cli config set maxmemory-policy noeviction`,
    );
  }
}
