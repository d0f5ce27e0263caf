// Another Leptos program that shows the form on a page of its own: `cargo xtask build --quick --example`.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertAccessible } from "./support/axe.mjs";
import { eventually, project } from "./support/common.mjs";
import { field, ready, save } from "./support/form.mjs";
import { StaticServer } from "./support/host.mjs";
import { scenario } from "./support/scenario.mjs";
import { PASSWORD } from "./support/service.mjs";

const folder = join(project, "pkg/example");

if (existsSync(folder)) {
  scenario("a Leptos program shows the form with a login of its own, saves, and changes its scheme", async (world) => {
    const service = await world.service();
    const server = new StaticServer();
    await world.start(server.listen(folder, {}).then(() => server));
    const page = await world.page();
    const address = encodeURIComponent(service.url.replace(/^http/, "ws"));
    await page.goto(`${server.url}#service=${address}&password=${encodeURIComponent(PASSWORD)}`);
    await ready(page);
    await field(page, "Master PBX Name").fill("own-host");
    await save(page).click();
    const client = await world.client(service);
    await eventually(async () => assert.equal((await client.read()).pbxName, "own-host"));
    const scheme = () => page.locator("[data-scheme]").first().getAttribute("data-scheme");
    assert.equal(await scheme(), "light");
    await page.getByRole("button", { name: "Dark" }).click();
    await eventually(async () => assert.equal(await scheme(), "dark"));
    await assertAccessible(page);
  });

  scenario("a login that the service refuses is said in the form", async (world) => {
    const service = await world.service();
    const server = new StaticServer();
    await world.start(server.listen(folder, {}).then(() => server));
    const page = await world.page();
    const address = encodeURIComponent(service.url.replace(/^http/, "ws"));
    await page.goto(`${server.url}#service=${address}&password=wrong`);
    await page.getByText("The service refused the login").first().waitFor();
  });
} else {
  test("a Leptos program shows the form", { skip: "pkg/example is missing: cargo xtask build --quick --example" });
}
