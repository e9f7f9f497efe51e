import type { FleetClient } from './fleet-client.ts';

interface Row {
  what: string;
  clients: number;
  refused: number;
  phases: string;
  gapMs: number;
}

/** What happened to whom, for whoever reads the run's output. Nothing of it is asserted. */
export class Report {
  readonly #rows: Row[] = [];

  /** Of those clients, since they were last watched. */
  add(what: string, clients: readonly FleetClient[]): void {
    const told = clients.flatMap((client) => client.told);
    const refused = told.filter((line) => /failed$|could not be made/.test(line)).length;
    const phases = [...new Set(clients.flatMap((client) => client.phases))].join(' ');
    const gapMs = Math.max(...clients.map(({ longestGapMs }) => longestGapMs));
    this.#rows.push({ what, clients: clients.length, refused, phases, gapMs });
  }

  table(): string {
    const cells = this.#rows.map(({ what, clients, refused, phases, gapMs }) => [
      what,
      `${clients}`,
      `${refused}`,
      `${Math.round(gapMs)} ms`,
      phases,
    ]);
    const all = [['', 'clients', 'attempts refused', 'longest gap', 'phases'], ...cells];
    const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
    return all
      .map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
  }
}
