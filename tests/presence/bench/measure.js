// Measures where it runs, in Node and in the browser.

import { LeanFormatter } from "./lean.js";
import { mixedNotes } from "./notes.js";
import { TodayFormatter } from "./today.js";
import { TolerantFormatter } from "./tolerant.js";

const NOTES = 10_000;
const ROUNDS = 21;
const WARM_UP = 40;
const NOW = Date.UTC(2026, 10, 21, 9, 30);
const OPTIONS = { locale: "de", timeZone: "Europe/Berlin" };

/** Nanoseconds per note: the median of the rounds, for each subject. */
export function measure({ PresenceFormatter }) {
  const notes = mixedNotes(NOTES, NOW);
  const ours = new PresenceFormatter(OPTIONS);
  const lean = new LeanFormatter(OPTIONS);
  const tolerant = new TolerantFormatter(OPTIONS);
  const today = new TodayFormatter(OPTIONS);
  const subjects = {
    "ours, formatAll": () => ours.formatAll(notes, NOW),
    "ours, one by one": () => notes.map((note) => ours.format(note, NOW)),
    "lean peer": () => lean.formatAll(notes, NOW),
    "tolerant peer": () => tolerant.formatAll(notes, NOW),
  };
  // As slow as it is, a part of the notes must do.
  const few = notes.slice(0, 500);
  const slow = { "toLocaleString per note": () => today.formatAll(few, NOW) };

  const expected = ours.formatAll(notes, NOW);
  for (const [name, run] of Object.entries({ ...subjects, ...slow })) {
    run().forEach((text, i) => {
      if (text !== expected[i]) throw new Error(`${name} shows ${text} for ${notes[i]}`);
    });
  }

  const times = Object.fromEntries([...Object.keys(subjects), ...Object.keys(slow)].map((name) => [name, []]));
  const time = (name, run, count) => {
    const start = performance.now();
    run();
    times[name].push(((performance.now() - start) * 1e6) / count);
  };
  // Round by round, so that whatever else the machine does strikes all alike.
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(subjects)) time(name, run, NOTES);
    if (round >= 0) for (const [name, run] of Object.entries(slow)) time(name, run, few.length);
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all.slice(-ROUNDS))]));
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
