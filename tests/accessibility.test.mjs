// axe-core finds nothing to complain about, whatever the page shows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { project } from "./support/common.mjs";
import { SYNC_TYPES, choose, field, ready, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const axe = await readFile(join(project, "node_modules/axe-core/axe.min.js"), "utf8");

/** `part`: a selector, for pages whose other parts are not ours. */
async function assertAccessible(page, part) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((context) => window.axe.run(context ?? document), part);
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`));
  assert.deepEqual(found, []);
}

for (const scheme of ["light", "dark"]) {
  for (const locale of ["en-GB", "de-DE"]) {
    scenario(`the try-out page, ${scheme}, ${locale}`, async (world) => {
      const page = await world.tryOut(await world.service(), { colorScheme: scheme, locale });
      await assertAccessible(page);
    });
  }

  scenario(`the form with all its fields and with errors, ${scheme}`, async (world) => {
    const page = await world.tryOut(await world.service(), { colorScheme: scheme });
    await choose(page, "Sync-Type", SYNC_TYPES.cloud);
    await field(page, "Client ID").fill("no GUID");
    if (await save(page).isEnabled()) await save(page).click();
    await assertAccessible(page);
  });

  scenario(`the form in a host, ${scheme}`, async (world) => {
    const service = await world.service();
    const page = await world.host();
    await page.evaluate((to) => host.dress(to), scheme);
    await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
    await ready(page);
    await choose(page, "Sync-Type", SYNC_TYPES.onPremises);
    await assertAccessible(page, "#form");
  });
}
