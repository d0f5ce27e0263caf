// <calendar-presence> in pages that cannot load the module.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";

import { PACKAGE, load, open } from "./package.mjs";

const NOTE = "Meeting until 12:30 #busy #len:7:7 #until:1514374200000";
const STRICT = "default-src 'none'; script-src 'self'";

/** What a server answers for a path, instead of the file. */
const answers = new Map();
let browser;
before(async () => { browser = await open({ presence: PACKAGE }, (path) => answers.get(path)); });
after(() => browser.close());

const pageHtml = (body) => `<!doctype html><title>page</title>
  <script type="module" src="/presence/calendar-presence.js"></script>${body}`;
const html = (notes) => notes.map((note) => `<calendar-presence note="${note}" locale="de"></calendar-presence>`).join("");

/** The elements of a page of its own, once they show something. */
async function shownBy(broken, notes, headers = {}) {
  answers.clear();
  for (const [path, answer] of Object.entries(broken)) answers.set(path, answer);
  answers.set("/page", { headers: { "content-type": "text/html; charset=utf-8", ...headers }, body: pageHtml(html(notes)) });
  const page = await browser.newPage("/page");
  await page.waitForFunction(() => document.querySelector("calendar-presence").textContent !== "");
  const shown = await page.$$eval("calendar-presence", (all) => all.map((one) => [one.textContent, one.getAttribute("activity")]));
  return { page, shown };
}

const WASM = "/presence/presence_bg.wasm";
const WAYS = {
  "the policy of the page forbids WebAssembly": [{}, { "content-security-policy": STRICT }],
  "the module is not found": [{ [WASM]: { status: 404 } }],
  "the module is broken": [{ [WASM]: { headers: { "content-type": "application/wasm" }, body: "\0asm and nothing more" } }],
  "a page of a proxy comes instead of the module": [{ [WASM]: { headers: { "content-type": "text/html" }, body: "<p>Log in</p>" } }],
  "the script is not found": [{ "/presence/presence.js": { status: 404 } }],
  "the script is none": [{ "/presence/presence.js": { headers: { "content-type": "text/html" }, body: "<p>Log in</p>" } }],
};

for (const [way, [broken, headers]] of Object.entries(WAYS)) {
  test(`shows the readable part when ${way}`, async () => {
    const { page, shown } = await shownBy(broken, [NOTE, "Free"], headers);
    assert.deepEqual(shown, [["Meeting until 12:30", "busy"], ["Free", null]]);
    await page.close();
  });
}

// Cases from the field that are played here; the others are, by the tests of the service.
const CASES = new URL("../cases/", import.meta.url);
const PAGES = { csp: WAYS["the policy of the page forbids WebAssembly"] };
for (const file of readdirSync(CASES).filter((name) => name.endsWith(".json"))) {
  const { type, page: kind, situation, want } = JSON.parse(readFileSync(new URL(file, CASES), "utf8"));
  if (type !== "element") continue;
  test(`${file}: ${situation}`, async () => {
    const [broken, headers] = PAGES[kind];
    const { page, shown } = await shownBy(broken, [NOTE], headers);
    assert.equal(shown[0][0], want);
    await page.close();
  });
}

test("follows attributes, shows text only and leaves nothing behind without the module", async () => {
  const { page } = await shownBy({ [WASM]: { status: 404 } }, [NOTE]);
  const changed = await page.$eval("calendar-presence", (one) => {
    one.setAttribute("note", "<img src=x onerror=alert(1)> #Away");
    const markup = [one.innerHTML, one.getAttribute("activity")];
    one.removeAttribute("note");
    return [...markup, one.textContent, one.getAttribute("activity")];
  });
  assert.deepEqual(changed, ["&lt;img src=x onerror=alert(1)&gt;", "away", "", null]);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test("a page whose policy allows WebAssembly has the whole text", async () => {
  const allowed = { "content-security-policy": `${STRICT} 'wasm-unsafe-eval'; connect-src 'self'` };
  const { page, shown } = await shownBy({}, [NOTE], allowed);
  assert.match(shown[0][0], /^Meeting bis /);
  await page.close();
});

/** What an element without the module shows of notes. */
async function readBy(page, notes) {
  return page.$eval("calendar-presence", (one, notes) => notes.map((note) => {
    one.setAttribute("note", note);
    return { text: one.textContent, activity: one.getAttribute("activity") };
  }), notes);
}

test("reads tags as the module does", async () => {
  const { parse } = await load();
  const parts = ["#busy", "#Free", "#until:5", "#len:1", "#x", "#", "##", "##busy", "###next:1", "##lens", "#dnd", "a", "a#busy", "ſ", "##buſy",
    " ", "  ", "\u00a0", "\t\n", "\u2003", "\v\f", "\x1c", "#AWAY", "##whole-day", "##whole-days", "#whole-day"];
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const notes = Array.from({ length: 5000 }, () =>
    Array.from({ length: random(9) }, () => parts[random(parts.length)]).join(random(3) ? " " : ""));
  const { page } = await shownBy({ [WASM]: { status: 404 } }, [NOTE]);
  const expected = notes.map((note) => parse(note)).map(({ text, activity }) => ({ text, activity }));
  assert.deepEqual(await readBy(page, notes), expected);
  await page.close();
});

test("reads hostile notes in a time that grows with their length alone", async () => {
  const { page } = await shownBy({ [WASM]: { status: 404 } }, [NOTE]);
  const notes = ["# ".repeat(200_000), " ".repeat(400_000), "#".repeat(400_000), `${"#busy ".repeat(70_000)}x`];
  assert.deepEqual((await readBy(page, notes)).map(({ activity }) => activity), [null, null, null, null]);
  await page.close();
});
