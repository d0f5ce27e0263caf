// Prints, as JSON, the medians of the configuration form and of its peers: milliseconds from the choice of the plugin's
// tile until something of it can be seen, and until its form reacts to what is typed; bytes that were loaded for it.
//
//     node --experimental-websocket tests/bench-form/main.mjs [visits]

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { Service } from "../support/service.mjs";
import { prepare } from "./build.mjs";
import { CONDITIONS, visit } from "./measure.mjs";
import { serve } from "./server.mjs";

const SUBJECTS = ["ours", "vanilla", "preact", "react"];
const visits = Number(process.argv[2] ?? 15);
const FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];

/** The subjects in an order that starts with another one each time. */
const order = (round) => SUBJECTS.map((_, place) => SUBJECTS[(place + round) % SUBJECTS.length]);

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Labels of the form that items.json, of which the peers are made, does not know. */
async function lacking(browser, url) {
  let labels;
  await visit(browser, url, "ours", null, async (page) => { labels = await page.evaluate(() => bench.labels()); });
  const { sections } = JSON.parse(await readFile(new URL("peers/items.json", import.meta.url)));
  const known = sections.flatMap(({ items }) => items).flatMap(({ label, choices = [] }) => [label, ...choices]);
  return [...new Set(labels)].filter((label) => !known.includes(label));
}

async function measure(browser, url, condition) {
  const results = Object.fromEntries(SUBJECTS.map((subject) => [subject, []]));
  for (let round = 0; round < visits; round += 1) {
    for (const subject of order(round)) results[subject].push(await visit(browser, url, subject, condition));
  }
  return Object.fromEntries(SUBJECTS.map((subject) => {
    const column = (pick) => median(results[subject].map(pick));
    return [subject, {
      seen: column(({ times }) => times[0]), interactive: column(({ times }) => times[1]), bytes: column(({ bytes }) => bytes),
    }];
  }));
}

const folder = await mkdtemp(join(tmpdir(), "pbx-calendar-bench-"));
const ends = [() => rm(folder, { recursive: true, force: true })];
try {
  await prepare(folder);
  const service = await Service.start();
  ends.push(() => service.close());
  const server = await serve(folder, service);
  ends.push(() => server.close());
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  ends.push(() => browser.close());
  const lacks = await lacking(browser, server.url);
  const version = browser.version().split(".")[0];
  const measured = {};
  for (const [name, condition] of Object.entries(CONDITIONS)) measured[name] = await measure(browser, server.url, condition);
  console.log(JSON.stringify({ version, lacks, measured }));
} finally {
  for (const end of ends.reverse()) await end();
}
