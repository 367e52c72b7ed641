import { describe, expect, it } from 'vitest';
import { AllowedHosts } from './allowed-hosts.ts';

const hosts = new AllowedHosts(['Lab.example', '192.0.2.7']);

describe('allowed hosts', () => {
  it.each([
    'localhost',
    'localhost:7878',
    '127.0.0.1:80',
    '[::1]:7878',
    'LOCALHOST:1',
    'lab.example:7878',
    '192.0.2.7',
  ])('%s is ours', (host) => {
    expect(hosts.refusal({ host })).toBeNull();
    expect(hosts.refusal({ host, origin: `http://${host.toLowerCase()}` })).toBeNull();
  });

  it.each([
    '',
    'evil.example',
    'localhost.evil.example',
    'evil.example:7878',
    '127.0.0.1.evil',
    'localhost:x',
    '[::2]',
    'a@localhost',
  ])('%j is not', (host) => {
    expect(hosts.refusal({ host })).toContain('expected localhost');
  });

  it('a request without a host is refused', () => {
    expect(hosts.refusal({ host: undefined })).toContain('found the host ""');
  });

  it.each([
    'null',
    '',
    'http://evil.example',
    'http://localhost:1',
    'file://',
    'http://localhost:7878@evil.example',
    'ftp://localhost:7878',
  ])('a page of %j is refused', (origin) => {
    expect(hosts.refusal({ host: 'localhost:7878', origin })).toContain('expected a page of this server');
  });
});
