/**
 * A process that does nothing but write settings, to be killed at any moment. Its argument is the folder; it says
 * each time that it is about to write.
 */
import { writeSync } from 'node:fs';
import { defaultDocument } from '../../main/settings/document.ts';
import { keepWithElectronStore } from '../../main/settings/electron-persistence.ts';

const [folder = ''] = process.argv.slice(2);
const store = keepWithElectronStore(folder, 'settings');
for (let turn = 1; ; turn += 1) {
  // Long enough for a write to be cut in the middle if it were made in place.
  const values = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`p${index}`, turn]));
  const parameters = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`pipeline-${index}`, values]),
  );
  const document = { ...defaultDocument(), parameters };
  writeSync(process.stdout.fd, '.');
  store.write(document);
}
