// calendar-presence: parse calendar presence notes and show them in the viewer's language and time zone.
// The types and their documentation are in presence.d.ts; glue.js is generated from crates/presence-web.

import load, { Formatter, initSync as loadSync, parse as parseString } from "./glue.js";

/** The last instant a Date can hold; the first is its negative. */
const LAST_INSTANT = 8.64e15;

let ready;

export function parse(note) {
  check(note);
  return parseString(note);
}

export class PresenceFormatter {
  #formatter;

  constructor(options) {
    this.#formatter = new Formatter(options);
  }

  format(note, now) {
    check(note);
    const shown = [];
    this.#formatter.formatAll([note], 1, instant(now), shown);
    return shown[0];
  }

  formatAll(notes, now) {
    notes.forEach(check);
    const shown = [];
    this.#formatter.formatAll(notes, notes.length, instant(now), shown);
    return shown;
  }

  nextChange(note, now) {
    check(note);
    const change = this.#formatter.nextChange(note, instant(now));
    return Number.isNaN(change) ? undefined : change;
  }

  resolvedOptions() {
    return this.#formatter.resolvedOptions();
  }

  free() {
    this.#formatter.free();
  }
}

function check(note) {
  if (typeof note !== "string") throw new TypeError("a note must be a string");
}

function instant(now = Date.now()) {
  if (Math.abs(now) <= LAST_INSTANT) return now;
  throw new RangeError(`${now} is not an instant that a Date can hold`);
}

/** Loads the module once, however often it is called; after a failure it may be called again. */
export default function init(input) {
  ready ??= start(input).catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

export function initSync(input) {
  const exports = loadSync(input);
  ready = Promise.resolve(exports);
  return exports;
}

async function start(input) {
  const source = (await input?.module_or_path) ?? new URL("presence_bg.wasm", import.meta.url);
  const isFile = source instanceof URL && source.protocol === "file:";
  return load({ module_or_path: isFile ? await read(source) : source });
}

/** Node cannot fetch files. The name is put together here so that bundlers for browsers do not look for it. */
async function read(file) {
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node:fs", "promises"].join("/"));
  return readFile(file);
}
