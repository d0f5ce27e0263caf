// Makes the peers as they would be delivered: one minified script each, brotli beside it.

import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { project } from "../support/common.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const SCRIPT = "pbxcalendar.calendarmanager.js";
/** What all plugins bring for the host, beside their script. */
const HOSTED = ["pbxcalendar.calendarmanagertexts.js", "pbxcalendar.calendarmanager.css", "pbxcalendar.calendarmanager.png"];
const PEERS = {
  vanilla: { entry: "vanilla.js" },
  preact: { entry: "preact.jsx", jsxImportSource: "preact", alias: { react: "preact/hooks" } },
  react: { entry: "react.jsx", jsxImportSource: "react" },
};

/** Puts page and plugins, ours among them, into `folder`. */
export async function prepare(folder) {
  await cp(join(here, "page"), folder, { recursive: true });
  await cp(join(project, "www/apps/innovaphone.js"), join(folder, "innovaphone.js"));
  await cp(join(project, "pkg/plugin"), join(folder, "ours"), { recursive: true });
  for (const [name, peer] of Object.entries(PEERS)) await make(join(folder, name), peer);
}

async function make(folder, { entry, ...options }) {
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(join(project, "pkg/plugin"))) {
    if (HOSTED.some((name) => file.startsWith(name))) await cp(join(project, "pkg/plugin", file), join(folder, file));
  }
  const outfile = join(folder, SCRIPT);
  await build({
    ...options, entryPoints: [join(here, "peers", entry)], outfile, bundle: true, minify: true, format: "iife",
    target: ["chrome111", "firefox112", "safari16.4"], jsx: "automatic", loader: { ".css": "text" }, legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' }, logLevel: "warning",
  });
  const script = await readFile(outfile);
  await writeFile(`${outfile}.br`, brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
