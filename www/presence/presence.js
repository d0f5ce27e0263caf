// calendar-presence: parse calendar presence notes and show them in the viewer's language and time zone.
// The types and their documentation are in presence.d.ts; glue.js is generated from crates/presence-web.

import load, { Formatter, initSync as loadSync, parse as parseLoaded } from "./glue.js";

/** The last instant a Date can hold; the first is its negative. */
const LAST_INSTANT = 8.64e15;

let loading;
let loaded = false;

/** Loads the module once, however often it is called; after a failure it may be called again. */
export default function init(input) {
  loading ??= start(input).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

export function initSync(input) {
  const exports = loadSync(input);
  loading = Promise.resolve(exports);
  loaded = true;
  return exports;
}

async function start(input) {
  const source = (await input?.module_or_path) ?? new URL("presence_bg.wasm", import.meta.url);
  const isFile = source instanceof URL && source.protocol === "file:";
  const exports = await load({ module_or_path: isFile ? await read(source) : source });
  loaded = true;
  return exports;
}

/** Node cannot fetch files. The name is put together here so that bundlers for browsers do not look for it. */
async function read(file) {
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node:fs", "promises"].join("/"));
  return readFile(file);
}

export function parse(note) {
  checkLoaded();
  checkNote(note);
  return parseLoaded(note);
}

export class PresenceFormatter {
  #formatter;

  constructor(options) {
    checkLoaded();
    this.#formatter = new Formatter(options);
  }

  get #live() {
    if (!this.#formatter) throw new Error("this PresenceFormatter was freed");
    return this.#formatter;
  }

  format(note, now) {
    checkNote(note);
    const shown = [];
    this.#live.formatAll([note], 1, instant(now), shown);
    return shown[0];
  }

  formatAll(notes, now) {
    notes.forEach(checkNote);
    const shown = [];
    this.#live.formatAll(notes, notes.length, instant(now), shown);
    return shown;
  }

  nextChange(note, now) {
    checkNote(note);
    const change = this.#live.nextChange(note, instant(now));
    return Number.isNaN(change) ? undefined : change;
  }

  resolvedOptions() {
    return this.#live.resolvedOptions();
  }

  free() {
    this.#formatter?.free();
    this.#formatter = undefined;
  }
}

function checkLoaded() {
  if (!loaded) throw new Error("calendar-presence is not loaded: await init() first");
}

function checkNote(note) {
  if (typeof note !== "string") throw new TypeError("a note must be a string");
}

function instant(now) {
  now ??= Date.now();
  if (Math.abs(now) <= LAST_INSTANT) return now;
  throw new RangeError(`${now} is not an instant that a Date can hold`);
}
