// axe-core in a page or a frame.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { project } from "./common.mjs";

const axe = await readFile(join(project, "node_modules/axe-core/axe.min.js"), "utf8");

/** `part`: a selector, for pages whose other parts are not ours. */
export async function assertAccessible(page, part) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((context) => window.axe.run(context ?? document), part);
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`));
  assert.deepEqual(found, []);
}
