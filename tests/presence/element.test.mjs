// <calendar-presence> in Chromium.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PACKAGE, open } from "./package.mjs";

const NOW = Date.parse("2017-12-27T09:00:00Z");
const BUSY = "Busy until 12:30 #busy #until:1514374200000";
const BERLIN = 'locale="de" time-zone="Europe/Berlin"';

let browser;
before(async () => { browser = await open({ presence: PACKAGE }); });
after(() => browser.close());

/** A page whose clock stands still at `now`, with the element loaded and `html` in its body. */
async function pageWith(html, now = NOW) {
  const page = await browser.newPage();
  await page.clock.install({ time: now });
  await page.clock.pauseAt(now + 1000);
  await page.evaluate(async (html) => {
    document.body.innerHTML = html;
    await import("/presence/calendar-presence.js");
    await (await import("/presence/presence.js")).default();
    await customElements.whenDefined("calendar-presence");
  }, html);
  return page;
}

const texts = (page) => page.$$eval("calendar-presence", (all) => all.map((one) => one.textContent));
const activities = (page) => page.$$eval("calendar-presence", (all) => all.map((one) => one.getAttribute("activity")));

test("shows the text and sets its activity", async () => {
  const page = await pageWith(
    `<calendar-presence note="${BUSY}" ${BERLIN}>…</calendar-presence>
     <calendar-presence note="Libre" locale="fr"></calendar-presence>
     <calendar-presence></calendar-presence>
     <calendar-presence note="${BUSY}" locale="en-US" time-zone="Asia/Tokyo" hour-cycle="h12"></calendar-presence>`);
  assert.deepEqual(await texts(page), ["Beschäftigt bis 12:30", "Disponible", "", "Busy until 08:30 PM"]);
  assert.deepEqual(await activities(page), ["busy", null, null, "busy"]);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test("follows attribute changes at once", async () => {
  const page = await pageWith(`<calendar-presence note="${BUSY}" ${BERLIN}></calendar-presence>`);
  const changed = (name, value) => page.$eval("calendar-presence", (one, [name, value]) => {
    if (value === null) one.removeAttribute(name);
    else one.setAttribute(name, value);
    return [one.textContent, one.getAttribute("activity")];
  }, [name, value]);
  assert.deepEqual(await changed("locale", "fr"), ["Occupé jusque 12:30", "busy"]);
  assert.deepEqual(await changed("time-zone", "UTC"), ["Occupé jusque 11:30", "busy"]);
  assert.deepEqual(await changed("hour-cycle", "h24"), ["Occupé jusque 11:30", "busy"]);
  assert.deepEqual(await changed("note", "x #away"), ["Absent", "away"]);
  assert.deepEqual(await changed("note", "Free"), ["Disponible", null]);
  assert.deepEqual(await changed("note", null), ["", null]);
  await page.close();
});

test("options that do not exist show the text as it was written", async () => {
  const page = await pageWith(`<calendar-presence note="${BUSY}" time-zone="Mars"></calendar-presence>`);
  assert.deepEqual(await texts(page), ["Busy until 12:30"]);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test("titles reach the page as text only", async () => {
  const page = await pageWith("");
  const [html, images] = await page.evaluate(() => {
    const element = document.createElement("calendar-presence");
    element.setAttribute("note", "<img src=x onerror=alert(1)> #busy #len:28");
    document.body.append(element);
    return [element.innerHTML, document.images.length];
  });
  assert.equal(html, "&lt;img src=x onerror=alert(1)&gt;");
  assert.equal(images, 0);
  await page.close();
});

test("rewrites itself at the midnights of the end, with one timer for the page", async () => {
  const page = await pageWith("", NOW - 86_400_000);
  const timers = await page.evaluate(async ([note, count]) => {
    let set = 0;
    const { setTimeout } = window;
    window.setTimeout = (...args) => { set++; return setTimeout(...args); };
    for (let i = 0; i < count; i++) {
      const element = document.createElement("calendar-presence");
      element.setAttribute("note", note);
      element.setAttribute("locale", "de");
      element.setAttribute("time-zone", i % 2 ? "Europe/Berlin" : "Asia/Tokyo");
      document.body.append(element);
    }
    await undefined;
    return set;
  }, [BUSY, 1000]);
  assert.equal(timers, 1);
  const both = async () => (await texts(page)).slice(0, 2);
  assert.deepEqual(await both(), ["Beschäftigt bis 27.12.2017 20:30", "Beschäftigt bis 27.12.2017 12:30"]);
  await page.clock.runFor("06:00:05");
  assert.deepEqual(await both(), ["Beschäftigt bis 20:30", "Beschäftigt bis 27.12.2017 12:30"]);
  await page.clock.runFor("08:00:00");
  assert.deepEqual(await both(), ["Beschäftigt bis 20:30", "Beschäftigt bis 12:30"]);
  await page.clock.runFor("24:00:00");
  assert.deepEqual(await both(), ["Beschäftigt bis 27.12.2017 20:30", "Beschäftigt bis 27.12.2017 12:30"]);
  await page.close();
});

test("1 000 elements update in one task", async () => {
  const page = await pageWith("", NOW - 86_400_000);
  await page.evaluate((note) => {
    window.tasks = new Set();
    for (let i = 0; i < 1000; i++) {
      const element = document.createElement("calendar-presence");
      element.setAttribute("note", note);
      element.setAttribute("time-zone", "UTC");
      document.body.append(element);
    }
    // All changes of one task reach an observer together.
    window.batches = [];
    new MutationObserver((records) => batches.push(new Set(records.map((record) => record.target)).size))
      .observe(document.body, { childList: true, subtree: true });
  }, BUSY);
  await page.clock.runFor("15:00:05");
  assert.deepEqual(await page.evaluate(() => window.batches), [1000]);
  await page.close();
});

test("sleeps while the tab is hidden and is right again when it returns", async () => {
  const page = await pageWith(`<calendar-presence note="${BUSY}" ${BERLIN}></calendar-presence>`, NOW - 86_400_000);
  const setHidden = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await setHidden(true);
  await page.clock.runFor("24:00:00");
  assert.deepEqual(await texts(page), ["Beschäftigt bis 27.12.2017 12:30"]);
  await setHidden(false);
  assert.deepEqual(await texts(page), ["Beschäftigt bis 12:30"]);
  await page.close();
});

test("leaves nothing behind when removed", async () => {
  const page = await browser.newPage();
  const left = await page.evaluate(async (note) => {
    const timers = new Set();
    const { setTimeout, clearTimeout } = window;
    window.setTimeout = (...args) => { const id = setTimeout(...args); timers.add(id); return id; };
    window.clearTimeout = (id) => { timers.delete(id); clearTimeout(id); };
    let listeners = 0;
    const { addEventListener, removeEventListener } = document;
    document.addEventListener = (...args) => { listeners++; addEventListener.apply(document, args); };
    document.removeEventListener = (...args) => { listeners--; removeEventListener.apply(document, args); };
    await import("/presence/calendar-presence.js");
    const exports = await (await import("/presence/presence.js")).default();
    const round = async () => {
      document.body.innerHTML = `<calendar-presence note="${note}" time-zone="Europe/Berlin"></calendar-presence>`.repeat(50);
      await undefined;
      const held = [timers.size, listeners];
      document.body.replaceChildren();
      await undefined;
      return held;
    };
    for (let i = 0; i < 20; i++) await round();
    const before = exports.memory.buffer.byteLength;
    let held;
    for (let i = 0; i < 200; i++) held = await round();
    return { held, timers: timers.size, listeners, grown: exports.memory.buffer.byteLength - before };
  }, `x #busy #until:${Date.now() + 14 * 86_400_000}`);
  assert.deepEqual(left, { held: [1, 1], timers: 0, listeners: 0, grown: 0 });
  await page.close();
});

test("a page that chooses the address of the module itself does so beside the element", async () => {
  const page = await browser.newPage();
  const text = await page.evaluate(async (note) => {
    const script = document.createElement("script");
    script.type = "module";
    script.textContent = `
      import "/presence/calendar-presence.js";
      import init from "/presence/presence.js";
      await init({ module_or_path: fetch("/presence/presence_bg.wasm?mine") });
      window.done = true;`;
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", `<calendar-presence note="${note}" locale="de"></calendar-presence>`);
    while (!window.done) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const loaded = performance.getEntriesByType("resource").filter(({ name }) => name.includes(".wasm"));
    return [document.querySelector("calendar-presence").textContent, loaded.map(({ name }) => new URL(name).search)];
  }, "x #busy");
  assert.deepEqual(text, ["Beschäftigt", ["?mine"]]);
  await page.close();
});
