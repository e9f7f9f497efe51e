import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Chronicle } from './chronicle.ts';
import { writeClip } from './clip.ts';
import { demoUsage, parseDemoOptions, type DemoOptions } from './options.ts';
import { type DemoReport, shortcomings } from './report.ts';
import { tellStory } from './story.ts';
import { Terminal } from './terminal.ts';
import { withWorld } from './world.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What is reported of a story that did not come to its end. */
const brokenOff = {
  pipeline: '',
  framesSent: 0,
  framesShown: 0,
  parameterApplied: false,
  parameterKept: false,
  faults: [],
};

/** Runs the story and writes what it left into demo-out/. Started by scripts/demo.mjs, after setup. */
async function run({ seconds, json }: DemoOptions): Promise<boolean> {
  const folder = path.join(root, 'demo-out');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const terminal = new Terminal();
  const chronicle = new Chronicle(terminal);
  // The app runs in the project's folder and shows the file's name as the camera's: hence a short one.
  const clipFile = path.join('demo-out', 'clip.y4m');
  await writeClip(path.join(root, clipFile));
  chronicle.tell('Test clip drawn', 'demo-out/clip.y4m plays as the camera');

  const runtime = process.env['LINKSPAN_RUNTIME'] ?? 'unknown';
  const outcome = await withWorld(clipFile, chronicle.tell, (world) =>
    tellStory(world, { seconds, folder, chronicle, terminal }),
  ).catch((error: unknown) => {
    chronicle.tell('The story broke off', error instanceof Error ? error.message : String(error));
    return brokenOff;
  });
  const { faults, ...found } = outcome;
  const told = { runtime, route: 'cloud' as const, ...found, events: chronicle.events, faults };
  const report: DemoReport = { ok: shortcomings(told).length === 0, ...told };
  await writeReport(report, [
    path.join(folder, 'report.json'),
    ...(json === null ? [] : [path.resolve(json)]),
  ]);
  summarise(report, terminal);
  return report.ok;
}

async function writeReport(report: DemoReport, files: readonly string[]): Promise<void> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  for (const file of files) await writeFile(file, text);
}

function summarise(report: DemoReport, terminal: Terminal): void {
  terminal.line('');
  for (const { name, detectedMs, recoveredMs, pictureStoodMs, framesMissed } of report.faults) {
    const link = `noticed after ${detectedMs ?? '–'} ms, mended after ${recoveredMs ?? '–'} ms`;
    const picture = `longest pause of the picture ${pictureStoodMs} ms, ${framesMissed} frames missed`;
    terminal.line(`${name}: ${link}; ${picture}`);
  }
  terminal.line(`${report.framesSent} frames sent, ${report.framesShown} shown · ${report.runtime}`);
  terminal.line('demo-out/ holds before.png, during.png, after.png, recording.webm and report.json.');
  for (const shortcoming of shortcomings(report)) terminal.line(`NOT OK: ${shortcoming}`);
  if (report.ok) terminal.line('All of it worked.');
}

try {
  const options = parseDemoOptions(process.argv.slice(2));
  if (options === 'help') console.log(demoUsage);
  else process.exitCode = (await run(options)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
