// The JavaScript API of contracts/presence.md, in Node.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { PACKAGE, load } from "./package.mjs";

const presence = await load();
const { PresenceFormatter, parse } = presence;
const NOW = Date.parse("2017-12-27T09:00:00Z");
const BERLIN = { locale: "de", timeZone: "Europe/Berlin" };
const BUSY = "Busy until 12:30 #busy #until:1514374200000";

test("the module exports what the contract names", () => {
  assert.deepEqual(Object.keys(presence).sort(), ["PresenceFormatter", "default", "initSync", "parse"]);
});

test("the version is that of the workspace", () => {
  const { version } = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8"));
  const cargo = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8");
  assert.equal(version, /^version = "(.*)"/m.exec(cargo)[1]);
});

test("init gives the same promise every time", async () => {
  assert.equal(presence.default(), presence.default());
  assert.equal(await presence.default(), await presence.default());
});

test("parse gives all fields", () => {
  assert.deepEqual(parse("Free"), {
    text: "Free", activity: null, title: null, until: null, wholeDay: false, next: null,
  });
  const homeoffice =
    "Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7";
  assert.deepEqual(parse(homeoffice), {
    text: "Homeoffice until 14:00 (Busy: Meeting)", activity: "free", title: "Homeoffice", until: 1514379600000,
    wholeDay: false, next: { activity: "busy", title: "Meeting" },
  });
  assert.deepEqual(parse("x #dnd #whole-day #next-activityaway"), {
    text: "x", activity: "dnd", title: null, until: null, wholeDay: true, next: { activity: "away", title: null },
  });
  assert.deepEqual(parse("##free x 🎂 #busy #len:10 #next:9:1").title, "#free x 🎂");
  assert.deepEqual(parse("##free x 🎂 #busy #next:9:1").next, { activity: null, title: "🎂" });
});

test("format, formatAll and nextChange agree with the contract", () => {
  const formatter = new PresenceFormatter(BERLIN);
  assert.equal(formatter.format(BUSY, NOW), "Beschäftigt bis 12:30");
  assert.equal(formatter.format(BUSY, NOW - 86_400_000), "Beschäftigt bis 27.12.2017 12:30");
  assert.deepEqual(formatter.formatAll([BUSY, "Libre", "x ##busy"], NOW), ["Beschäftigt bis 12:30", "Frei", "x #busy"]);
  assert.deepEqual(formatter.formatAll([], NOW), []);
  assert.equal(formatter.nextChange(BUSY, NOW), Date.parse("2017-12-27T23:00:00Z"));
  assert.equal(formatter.nextChange("Free", NOW), undefined);
  formatter.free();
});

test("now is the present when left out", () => {
  const formatter = new PresenceFormatter({ locale: "en-GB", timeZone: "UTC" });
  const note = `x #busy #until:${Date.now()}`;
  assert.match(formatter.format(note), /^Busy until \d\d:\d\d$/);
  assert.match(formatter.formatAll([note])[0], /^Busy until \d\d:\d\d$/);
  assert.ok(formatter.nextChange(note) > Date.now());
});

test("titles are shown unaltered, whatever they are made of", () => {
  const formatter = new PresenceFormatter(BERLIN);
  for (const title of ["a\0b", "\ud800", "🎂\udc00", "e\u0301", "‮שלום", "$1", "\u{10ffff}", "é".repeat(9000), "x".repeat(70_000)]) {
    const length = [...title].length;
    const note = `${title} until 12:30 (Busy: ${title}) #busy #len:${length} #next:${length + 20}:${length}`;
    assert.equal(formatter.format(note, NOW), `${title} (${title})`);
    assert.deepEqual(
      [parse(note).text, parse(note).title, parse(note).next.title],
      [`${title} until 12:30 (Busy: ${title})`, title, title],
    );
    assert.deepEqual(formatter.formatAll([BUSY, note, "", note], NOW).slice(1), [`${title} (${title})`, "", `${title} (${title})`]);
  }
});

test("many notes and many days come out as one by one", () => {
  const formatter = new PresenceFormatter({ locale: "fr", timeZone: "America/New_York" });
  const notes = Array.from({ length: 5000 }, (_, i) => `x${i} #busy #len:${String(i).length + 1} #until:${NOW + i * 86_400_000 * 7}`);
  const fresh = (note) => new PresenceFormatter({ locale: "fr", timeZone: "America/New_York" }).format(note, NOW);
  const all = formatter.formatAll(notes, NOW);
  for (const i of [0, 1, 127, 128, 999, 1000, 1001, 2500, 4999]) assert.equal(all[i], fresh(notes[i]));
  assert.deepEqual(formatter.formatAll(notes, NOW), all);
});

test("options that do not exist are a RangeError", () => {
  for (const options of [
    { locale: "de_DE" }, { locale: "" }, { locale: "x" }, { timeZone: "Mars/Olympus" }, { timeZone: "" },
    { hourCycle: "h13" }, { hourCycle: "" },
  ]) {
    assert.throws(() => new PresenceFormatter(options), RangeError, JSON.stringify(options));
  }
});

test("a now that no Date can hold is a RangeError", () => {
  const formatter = new PresenceFormatter();
  for (const now of [NaN, Infinity, 8.64e15 + 1, -8.64e15 - 1]) {
    assert.throws(() => formatter.format(BUSY, now), RangeError);
    assert.throws(() => formatter.formatAll([BUSY], now), RangeError);
    assert.throws(() => formatter.nextChange(BUSY, now), RangeError);
  }
  assert.equal(formatter.format("x", 8.64e15), "x");
});

test("a note that is no string is a TypeError and harms nothing", () => {
  const formatter = new PresenceFormatter(BERLIN);
  for (const note of [undefined, null, 5, {}]) {
    assert.throws(() => parse(note), TypeError);
    assert.throws(() => formatter.format(note, NOW), TypeError);
    assert.throws(() => formatter.formatAll([BUSY, note], NOW), TypeError);
    assert.throws(() => formatter.nextChange(note, NOW), TypeError);
  }
  assert.equal(formatter.format(BUSY, NOW), "Beschäftigt bis 12:30");
});

test("resolvedOptions tells what came of the options", () => {
  const resolved = (options) => new PresenceFormatter(options).resolvedOptions();
  const platform = (locale, options) =>
    new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", ...options }).resolvedOptions();
  assert.deepEqual(resolved(BERLIN), { locale: "de", timeZone: "Europe/Berlin", hourCycle: "h23", language: "de" });
  for (const [locale, language] of [
    ["de-AT", "de"], ["nb-NO", "no"], ["nn", "no"], ["no", "no"], ["tlh", "en"], ["ja", "en"], ["sr-Cyrl-RS", "sr"],
    ["sh", "sr"], ["DE-at", "de"], ["ar-EG-u-nu-latn", "en"], ["en-US-u-hc-h23", "en"], ["si", "en"], ["pt-BR", "pt"],
  ]) {
    const { locale: its, timeZone, hourCycle } = platform(locale);
    assert.deepEqual(resolved({ locale }), { locale: its, timeZone, hourCycle, language }, locale);
  }
  for (const hourCycle of ["h11", "h12", "h23", "h24"]) {
    assert.equal(resolved({ locale: "en", hourCycle }).hourCycle, platform("en", { hourCycle }).hourCycle);
  }
  assert.equal(resolved().locale, platform().locale);
  assert.equal(resolved({}).timeZone, platform().timeZone);
});

test("a formatter that was freed says so; freeing it again harms nothing", () => {
  const formatter = new PresenceFormatter();
  formatter.free();
  formatter.free();
  assert.throws(() => formatter.format("x"), /this PresenceFormatter was freed/);
});

test("what is used before init says what to do", async () => {
  const unloaded = await import(new URL("presence.js?unloaded", PACKAGE));
  assert.throws(() => unloaded.parse("x"), /await init\(\) first/);
  assert.throws(() => new unloaded.PresenceFormatter(), /await init\(\) first/);
  await assert.rejects(unloaded.default({ module_or_path: new Uint8Array([1, 2, 3]) }));
  await unloaded.default();
  assert.equal(unloaded.parse("x #busy").activity, "busy");
});
