import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { faultlineProgram } from './program.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, 'apps/cli/deploy', file), 'utf8');
const VERSION = JSON.parse(readFileSync(join(ROOT, 'apps/cli/package.json'), 'utf8')).version as string;

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // Kubernetes knows hundreds of fields; these tests look at a few.
  readonly spec: Record<string, never> & {
    readonly selector?: { readonly matchLabels: Record<string, string> };
    readonly podFailurePolicy?: {
      readonly rules: readonly { readonly onExitCodes: { readonly containerName: string } }[];
    };
    readonly template?: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly volumes?: readonly {
          readonly name: string;
          readonly persistentVolumeClaim: { readonly claimName: string };
        }[];
      };
    };
  };
}

interface Compose {
  readonly services: Record<
    string,
    {
      readonly image: string;
      readonly command: readonly string[];
      readonly build?: { readonly context: string; readonly dockerfile: string };
      readonly depends_on?: Record<string, unknown>;
      readonly volumes?: readonly string[];
    }
  >;
  readonly volumes: Record<string, unknown>;
}

const compose = parse(read('compose.yaml')) as Compose;
const resources = parseAllDocuments(read('kubernetes.yaml')).map((document) => {
  expect(document.errors).toEqual([]);
  return document.toJS() as Resource;
});
const containers = resources.flatMap(({ spec }) => [...(spec.template?.spec.containers ?? [])]);

/** What our own command makes of arguments; nothing is run. */
async function parsed(args: readonly string[]) {
  const program = faultlineProgram();
  let found: { file: string | undefined; options: Record<string, string> } | null = null;
  for (const command of program.commands)
    command.configureOutput({ writeErr: () => {} }).action(() => {
      found = { file: command.args[0], options: command.opts() };
    });
  await program.parseAsync([...args], { from: 'user' });
  return found as { file: string | undefined; options: Record<string, string> } | null;
}

const ours = [
  ...Object.values(compose.services).map(({ image, command }) => ({
    image,
    args: command,
    queues: ['redis://queue:6379'],
  })),
  ...containers.map(({ image, args }) => ({ image, args, queues: ['redis://faultline-queue:6379'] })),
].filter(({ image }) => image.startsWith('faultline:'));

describe('the files for many machines', () => {
  it('pin every image, and ours to this version', () => {
    const images = [
      ...Object.values(compose.services).map(({ image }) => image),
      ...containers.map(({ image }) => image),
      ...[...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image ?? ''),
    ];
    expect(images.length).toBe(8);
    for (const image of images) expect(image).toMatch(/^[a-z/]+:\d+\.\d+\.\d+(?:-[a-z-]+)?$/);
    expect(new Set(images.filter((image) => image.startsWith('faultline')))).toEqual(new Set([`faultline:${VERSION}`]));
  });

  it('start commands that there are, on files that there are', async () => {
    expect(ours.length).toBe(4);
    for (const { args, queues } of ours) {
      const found = await parsed(args);
      expect(queues).toContain(found?.options.queue);
      if (args[0] !== 'study') continue;
      expect(existsSync(join(ROOT, found?.file ?? ''))).toBe(true);
      expect(found?.options.out).toMatch(/^\/results\//);
    }
    await expect(parsed(['study', 'x.yaml', '--no-such-option'])).rejects.toThrow(/unknown option/);
  });

  it('build the image as the README says', () => {
    const dockerfile = read('Dockerfile');
    const [, entry = ''] = /ENTRYPOINT \["node", "([^"]+)"\]/.exec(dockerfile) ?? [];
    expect(existsSync(join(ROOT, entry))).toBe(true);
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const commands = [...dockerfile.matchAll(/^RUN (npm .*)$/gm)].map(([, command]) => command ?? '');
    expect(commands).toEqual(['npm ci']);
    for (const command of commands) expect(readme).toContain(command);
    const { build } = compose.services.worker ?? {};
    const context = join('apps/cli/deploy', build?.context ?? '');
    expect(existsSync(join(ROOT, context, build?.dockerfile ?? ''))).toBe(true);
  });

  it('name only services, volumes and labels that they define', () => {
    for (const { depends_on: needs, volumes } of Object.values(compose.services)) {
      for (const name of Object.keys(needs ?? {})) expect(compose.services).toHaveProperty(name);
      for (const volume of volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    }
    const names = (kind: string) => resources.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
    expect(names('Service')).toEqual(['faultline-queue']);
    expect(names('Job')).toEqual(['faultline-study']);
    for (const { spec } of resources) {
      const { selector, template, podFailurePolicy } = spec;
      if (selector?.matchLabels) expect(template?.metadata.labels).toEqual(selector.matchLabels);
      for (const { name, persistentVolumeClaim } of template?.spec.volumes ?? []) {
        expect(names('PersistentVolumeClaim')).toContain(persistentVolumeClaim.claimName);
        expect(
          template?.spec.containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map((one) => one.name)),
        ).toContain(name);
      }
      for (const { onExitCodes } of podFailurePolicy?.rules ?? [])
        expect(template?.spec.containers.map(({ name }) => name)).toContain(onExitCodes.containerName);
    }
  });
});
