// The package as others take it: packed by npm, then in a page, through a bundler, in Node and in TypeScript.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { folder, open } from "./package.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NOTE = "Busy until 12:30 #busy #until:1514374200000";
const SHOWN = "Beschäftigt bis 27.12.2017 12:30";

const project = mkdtempSync(join(tmpdir(), "calendar-presence-"));
after(() => rmSync(project, { recursive: true }));
const installed = join(project, "node_modules/calendar-presence");

const run = (program, ...args) => execFileSync(program, args, { cwd: project, encoding: "utf8", stdio: "pipe" });
const tool = (name, ...args) => run(join(ROOT, "node_modules/.bin", name), ...args);
const write = (name, text) => {
  writeFileSync(join(project, name), text);
  return join(project, name);
};

const [packed] = JSON.parse(run("npm", "pack", folder, "--json"));
mkdirSync(installed, { recursive: true });
run("tar", "-xf", packed.filename, "-C", installed, "--strip-components=1");
write("package.json", JSON.stringify({ name: "consumer", private: true, type: "module" }));

const USE = `
import init, { PresenceFormatter, parse } from "calendar-presence";
await init();
const formatter = new PresenceFormatter({ locale: "de", timeZone: "Europe/Berlin" });
const result = [parse(${JSON.stringify(NOTE)}).activity, formatter.format(${JSON.stringify(NOTE)}, 0)];
`;

test("npm pack contains only what is needed", () => {
  const files = packed.files.map(({ path }) => path).sort();
  assert.deepEqual(files, ["README.md", "calendar-presence.js", "package.json", "presence.d.ts", "presence.js", "presence_bg.wasm"]);
});

test("Node reads the module from the file beside the script", () => {
  const script = write("node.mjs", `${USE} console.log(JSON.stringify(result));`);
  assert.deepEqual(JSON.parse(run("node", script)), ["busy", SHOWN]);
});

test("Node takes the module from elsewhere, at once or later", () => {
  const file = "new URL('node_modules/calendar-presence/presence_bg.wasm', import.meta.url)";
  for (const start of [`await init({ module_or_path: ${file} })`, `await init({ module_or_path: Promise.resolve(await read(${file})) })`,
    `initSync({ module: await read(${file}) })`, `initSync({ module: await read(${file}) }); await init()`]) {
    const script = write("elsewhere.mjs", `
      import init, { initSync, parse } from "calendar-presence";
      import { readFile as read } from "node:fs/promises";
      ${start};
      console.log(parse("x #busy").activity);`);
    assert.equal(run("node", script), "busy\n", start);
  }
});

test("a page loads it with a module script", async () => {
  write("page.html", `<!doctype html>
    <script type="importmap">{"imports": {"calendar-presence": "./node_modules/calendar-presence/presence.js"}}</script>
    <script type="module">${USE} document.body.append(JSON.stringify(result));</script><body></body>`);
  assert.deepEqual(await bodyOf("page.html"), ["busy", SHOWN]);
});

test("a bundler takes it with the module as an asset", async () => {
  const entry = write("entry.js", `
    import url from "calendar-presence/presence_bg.wasm";
    ${USE.replace("init()", "init({ module_or_path: url })")}
    import "calendar-presence/element";
    document.body.innerHTML = '<calendar-presence note="x #busy" locale="de"></calendar-presence>';
    while (document.body.textContent === "") await new Promise(requestAnimationFrame);
    document.body.textContent = JSON.stringify([...result, document.body.textContent]);`);
  // What the bundler warns of would be a warning in every project that uses the package.
  const warnings = execFileSync(join(ROOT, "node_modules/.bin/esbuild"), [entry, "--bundle", "--format=esm", "--minify",
    "--loader:.wasm=file", "--outdir=bundle", "--log-level=warning", "--log-override:empty-import-meta=error"],
    { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  assert.equal(warnings, "");
  write("bundle/index.html", '<!doctype html><body></body><script type="module" src="entry.js"></script>');
  assert.deepEqual(await bodyOf("bundle/index.html"), ["busy", SHOWN, "Beschäftigt"]);
});

test("a bundler finds the module by its address beside the script", () => {
  // What vite and webpack look for; it has to survive the minifier.
  const script = readFileSync(join(installed, "presence.js"), "utf8");
  assert.match(script, /new URL\("presence_bg\.wasm",\s*import\.meta\.url\)/);
  assert.doesNotMatch(script, /import\(\s*["'`]node:/);
});

test("a strict TypeScript project compiles against the types", () => {
  cpSync(join(ROOT, "tests/presence/types.ts"), join(project, "types.ts"));
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom",
    "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--types", ""];
  tool("tsc", ...options, "types.ts");
  write("wrong.ts", `import { PresenceFormatter } from "calendar-presence";
    new PresenceFormatter({ hourCycle: "h13" });`);
  assert.throws(() => tool("tsc", ...options, "wrong.ts"), ({ stdout }) => stdout.includes("h13"));
});

/** What a page of the project writes into its body, as JSON. */
async function bodyOf(path) {
  const browser = await open({ project: pathToFileURL(`${project}/`) });
  try {
    const page = await browser.newPage(`/project/${path}`);
    await page.waitForFunction(() => document.body.textContent.trim().startsWith("["));
    assert.deepEqual(page.errors, []);
    return JSON.parse(await page.evaluate(() => document.body.textContent));
  } finally {
    await browser.close();
  }
}
