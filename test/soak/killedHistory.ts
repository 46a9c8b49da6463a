/** Kills of a writing history in the number that is promised. */
import { note } from "../bench/figures.js";
import { benchmark } from "../bench/support/benchmark.js";
import { HistoryFolder } from "../support/historyFolder.js";
import { killWriters } from "../support/killedHistory.js";

const KILLS = 200;

async function kills(name: string): Promise<void> {
  const place = new HistoryFolder();
  try {
    // Ends with an error where a database does not open, or lacks a row.
    const rows = await killWriters(place.file, KILLS);
    note({ name: `${name}: acknowledged, and there`, value: rows, unit: "rows", bound: null });
  } finally {
    await place.dispose();
  }
}

const name = `${KILLS} kills of a writing history`;
benchmark({ [name]: () => kills(name) });
