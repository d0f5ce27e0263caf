// axe-core finds nothing to complain about, whatever the page shows.

import { assertAccessible } from "./support/axe.mjs";
import { SYNC_TYPES, choose, field, ready, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

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
