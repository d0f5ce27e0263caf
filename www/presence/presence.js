// calendar-presence: parse calendar presence notes and show them in the viewer's language and time zone.
// The types and their documentation are in presence.d.ts; glue.js is generated from crates/presence-web.

import load, { initSync as loadSync } from "./glue.js";

export { parse, PresenceFormatter } from "./glue.js";

let ready;

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
  if (input !== undefined) return load({ module_or_path: await input.module_or_path });
  const file = new URL("presence_bg.wasm", import.meta.url);
  return load({ module_or_path: file.protocol === "file:" ? await read(file) : file });
}

/** Node cannot fetch files. The name is put together here so that bundlers for browsers do not look for it. */
async function read(file) {
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node:fs", "promises"].join("/"));
  return readFile(file);
}
