// Prints the notes that are measured, one in a line, for the native benchmark.

import { mixedNotes } from "./notes.js";

console.log(mixedNotes(10_000, Date.UTC(2026, 10, 21, 9, 30)).join("\n"));
