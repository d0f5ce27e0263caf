// Prints the medians of Node and Chromium as JSON.

import { PACKAGE, load, open } from "../package.mjs";
import { measure } from "./measure.js";

const node = measure(await load());
const browser = await open({ presence: PACKAGE, bench: new URL("./", import.meta.url) });
const page = await browser.newPage();
const [chromium, version] = await page.evaluate(async () => {
  const presence = await import("/presence/presence.js");
  await presence.default();
  const { measure } = await import("/bench/measure.js");
  return [measure(presence), navigator.userAgent.match(/Chrome\/(\d+)/)[1]];
});
await browser.close();
console.log(JSON.stringify({ versions: { node: process.version, chromium: version }, node, chromium }));
