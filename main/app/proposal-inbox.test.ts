import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import type { Arrival } from './arrival.ts';
import { ProposalInbox } from './proposal-inbox.ts';

const lab: EndpointChoice = { url: 'wss://gpu.example/ws', name: 'Lab' };
const link: Arrival = { kind: 'link', link: 'linkspan://add-endpoint?url=wss://gpu.example/ws&name=Lab' };
const quiet = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), file: '' };

let folder: string;
let file: Arrival;
let badFile: Arrival;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'proposal-inbox-'));
  const write = (name: string, content: unknown): Arrival => {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
    return { kind: 'file', path: path.join(folder, name) };
  };
  file = write('lab.linkspan', { linkspan: 1, endpoint: lab });
  badFile = write('bad.linkspan', { linkspan: 1, endpoint: { ...lab, token: 'abc' } });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Question {
  proposal: EndpointChoice;
  origin: Arrival['kind'];
  answer: (agreed: boolean) => void;
}

function setUp() {
  const accepted: EndpointChoice[] = [];
  const asked: Question[] = [];
  const refused: string[] = [];
  const inbox = new ProposalInbox({
    confirm: (proposal, origin) =>
      new Promise((resolve) => asked.push({ proposal, origin, answer: resolve })),
    accept: (endpoint) => accepted.push(endpoint),
    refuseFile: (reason) => {
      refused.push(reason);
      return Promise.resolve();
    },
    log: quiet,
  });
  const question = (count = 1): Promise<Question> =>
    vi.waitFor(() => {
      expect(asked).toHaveLength(count);
      return asked.at(-1)!;
    });
  return { inbox, accepted, asked, refused, question };
}

describe.each([
  { kind: 'link' as const, arrival: () => link },
  { kind: 'file' as const, arrival: () => file },
])('S11: a $kind', ({ kind, arrival }) => {
  it('changes nothing until the user agrees', async () => {
    const { inbox, accepted, question } = setUp();
    const received = inbox.receive(arrival());
    const { proposal, origin, answer } = await question();
    expect({ proposal, origin }).toEqual({ proposal: lab, origin: kind });
    expect(accepted).toEqual([]);
    answer(true);
    await received;
    expect(accepted).toEqual([lab]);
  });

  it('that is declined changes nothing, and the next one is asked about', async () => {
    const { inbox, accepted, question } = setUp();
    const received = inbox.receive(arrival());
    (await question()).answer(false);
    await received;
    expect(accepted).toEqual([]);
    const next = inbox.receive(arrival());
    (await question(2)).answer(false);
    await next;
  });

  it('is dropped while another one is being asked about', async () => {
    const { inbox, asked, question } = setUp();
    const received = inbox.receive(arrival());
    await Promise.all([inbox.receive(link), inbox.receive(file), inbox.receive(badFile)]);
    (await question()).answer(false);
    await received;
    expect(asked).toHaveLength(1);
  });
});

it('S11: a bad file is told to the user, a bad link only to the log', async () => {
  const { inbox, accepted, asked, refused } = setUp();
  await inbox.receive(badFile);
  expect(refused).toEqual([expect.stringContaining('no endpoint file')]);
  await inbox.receive({ kind: 'link', link: 'linkspan://format-disk' });
  expect(refused).toHaveLength(1);
  expect([accepted, asked]).toEqual([[], []]);
});
