import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { labHere } from '../lab-here.ts';

const measurements = path.resolve(import.meta.dirname, '../../../../docs/measurements/compare.json');

describe('a plan', () => {
  it('is printed, drawn as a page and stored as JSON, from measurements', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'lab-'));
    const [html, json] = [path.join(folder.path, 'plan.html'), path.join(folder.path, 'plan.json')];
    const load = ['--rate', '100', '--peak', '2000', '--hours', '1', '--account-concurrency', '6'];
    const kept = ['--from', measurements, '--html', html, '--json', json, '--no-open'];
    const { code, stdout, stderr } = await labHere('plan', ...load, ...kept);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^worker-threads, 3008 MB, workload "both": 40 messages in \d+ ms, INIT \d+ ms/);
    expect(stdout).toContain("Limited by the account's concurrency of 6: first at 00:30:0");
    expect(await readFile(html, 'utf8')).toContain('Limited by the account');
    const plan = JSON.parse(await readFile(json, 'utf8')) as {
      minutes: Record<string, number[]>;
      totals: { arrived: number };
    };
    expect(plan.totals.arrived).toBe(100 * 2700 + 2000 * 900);
    expect(Object.values(plan.minutes).map(({ length }) => length)).toEqual([60, 60, 60, 60, 60, 60]);
    expect(plan.minutes.arrivedMean?.slice(29, 31)).toEqual([100, 2000]);
  });

  it('uses the given duration of a batch, and a profile of the day', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'lab-'));
    const [html, profile] = [path.join(folder.path, 'plan.html'), path.join(folder.path, 'day.csv')];
    await writeFile(profile, '00:00,10\n12:00,20\n');
    const service = '--batch-ms 20 --message-ms 5 --batch-size 10 --memory 512 --max-concurrency 4'.split(
      ' ',
    );
    const { code, stdout } = await labHere(
      ...['plan', '--profile', profile, ...service, '--html', html, '--no-open'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('A batch of 10 takes 20 ms and 5 ms per message with 512 MB, as given.');
    expect(stdout).toContain('1.30 million / 1.30 million');
    expect(stdout).toContain("No quota is reached. The nearest is the mapping's maximum concurrency of 4");
  });

  it('models provisioned pollers, large messages and Managed Instances, with their prices', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'lab-'));
    const html = path.join(folder.path, 'plan.html');
    const load = '--rate 100 --hours 1 --batch-ms 400 --batch-size 10 --pollers 2..20 --message-size 100000';
    const { code, stdout } = await labHere('plan', ...load.split(' '), '--html', html, '--no-open');
    expect(code).toBe(0);
    // Ten pollers of 1 MB per second, at $0.00925 an hour.
    expect(stdout).toMatch(/\$6\d\.\d pollers/);
    expect(stdout).toMatch(/on Managed Instances +\$\d+/);
    expect(await readFile(html, 'utf8')).toContain('Cost on Managed Instances');
  });

  it.each([
    ['1048576', 'An event of 6 MB holds 5 messages of 1,048,576 bytes.'],
    ['100000', 'An event of 6 MB holds 62 messages of 100,000 bytes.'],
    ['60000', 'A batch of 100 takes 400 ms with 1769 MB, as given.'],
  ])('cuts a batch of messages of %s bytes to what an event holds', async (bytes, sentence) => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'lab-'));
    const html = path.join(folder.path, 'plan.html');
    const load = ['--rate', '1', '--hours', '0.1', '--batch-ms', '400', '--message-size', bytes];
    const { stdout } = await labHere('plan', ...load, '--html', html, '--no-open');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(sentence);
  });

  it('models backoff and parking', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'lab-'));
    const html = path.join(folder.path, 'plan.html');
    const load =
      '--rate 100 --hours 1 --batch-ms 400 --failure-rate 0.01 --park-rate 0.001 --backoff 10..900';
    const { code, stdout } = await labHere('plan', ...load.split(' '), '--html', html, '--no-open');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^parked +36\d$/m);
    expect(stdout).toContain('A message that always fails is a dead letter after about 3.88 min.');
  });

  it.each([
    [
      ['--rate', '1', '--failure-rate', '0.6', '--park-rate', '0.5'],
      'are together above 1. Lower one of them.',
    ],
    [['--rate', '1', '--pollers', '2..20', '--max-concurrency', '5'], '--pollers excludes --max-concurrency'],
    [[], 'No load is given. Set --rate, in messages per second, or --profile, a file of rates over the day.'],
    [['--profile', '/no/such/file'], '/no/such/file cannot be read'],
    [['--rate', '1', '--from', '/no/such/file'], '/no/such/file cannot be read'],
    [['--rate', '1', '--function', 'fibres'], 'has no measurements of fibres, "both". It has the functions'],
    [
      ['--rate', '1', '--batch-ms', '0'],
      'A batch must take longer than 0 ms. Set --batch-ms or --message-ms.',
    ],
    [
      ['--rate', '1', '--message-ms', '10000'],
      'takes 1000 s, but a function may run for 900 s. Set a smaller --batch-size.',
    ],
    [
      ['--rate', '1', '--batch-ms', '9', '--window', '0'],
      'Batches of 100 need a batching window of at least 1 s.',
    ],
    [
      ['--rate', '1', '--batch-ms', '9000', '--visibility-timeout', '5'],
      'of 5 s is shorter than a batch with INIT, 9.3 s, so its messages would be received twice',
    ],
    [['--rate', '1', '--region', 'us-moon-1'], 'do not have the region "us-moon-1"'],
  ])('is refused in one sentence: %j', async (argv, sentence) => {
    await expect(labHere('plan', '--from', measurements, ...argv)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(sentence) as string,
    });
  });

  it.each([
    [['--rate', '-1'], 'commander.invalidArgument'],
    [['--rate', '1', '--pollers', '1..20'], 'commander.invalidArgument'],
    [['--rate', '1', '--pollers', '2..10001'], 'commander.invalidArgument'],
    [['--rate', '1', '--profile', 'x'], 'commander.conflictingOption'],
  ])('is refused by its options: %j', async (argv, code) => {
    await expect(labHere('plan', ...argv)).rejects.toMatchObject({ code });
  });
});
