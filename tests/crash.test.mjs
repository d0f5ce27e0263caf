// A panic marks the module dead. The host must not notice, the administrator must not lose the input.

import assert from "node:assert/strict";
import { SYNC_TYPES, choose, field, ready } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

/** From the moment `window.trap` is set, every call into the module ends as a panic does: in a trap. */
async function trappable(page) {
  await page.addInitScript(() => {
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...args) => {
        const made = await original.apply(WebAssembly, args);
        const { exports } = made.instance;
        const guarded = {};
        for (const [key, value] of Object.entries(exports)) {
          guarded[key] = typeof value !== "function" ? value : (...values) => {
            if (window.trap === exports) throw new WebAssembly.RuntimeError("unreachable");
            return value(...values);
          };
        }
        (window.modules ??= []).push(exports);
        return { module: made.module, instance: { exports: guarded } };
      };
    }
  });
}

scenario("a panic shows what to do, offers the input without secrets, and a new module takes over", async (world) => {
  world.expect(/unreachable|Calendar plugin/);
  const service = await world.service();
  const page = await world.host();
  await trappable(page);
  await page.reload();
  for (const id of ["first", "second"]) {
    await page.evaluate(([folder, name]) => host.open(folder, name), [`${service.url}plugin/`, id]);
    await ready(page.locator(`#${id}`));
  }
  const first = page.locator("#first");
  await choose(first, "Sync-Type", SYNC_TYPES.graph);
  await field(first, "Master PBX Name").fill("typed-before-the-panic");
  await field(first, "Client Secret").fill("s3cret");
  // At once, before an answer of the service gets there first.
  await field(first, "Master PBX Name").evaluate((input) => {
    window.trap = window.modules[0];
    input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  });

  for (const id of ["first", "second"]) await page.locator(`#${id}`).getByRole("alert").waitFor();
  const draft = await first.getByRole("textbox").inputValue();
  assert.equal(JSON.parse(draft).pbxName, "typed-before-the-panic");
  assert.ok(!draft.includes("s3cret"));
  await first.getByRole("button").click();
  await ready(first);
});

scenario("a panic of a page that was opened leaves the form as it is, and the page is loaded anew", async (world) => {
  world.expect(/unreachable|Calendar plugin/);
  const service = await world.service();
  const page = await world.host();
  await trappable(page);
  await page.reload();
  await page.evaluate(([folder, name]) => host.open(folder, name), [`${service.url}plugin/`, "first"]);
  const first = page.locator("#first");
  await ready(first);
  await field(first, "Master PBX Name").fill("typed");
  await first.getByRole("button", { name: "Export and import", exact: true }).click();
  const pasted = first.getByLabel("Or paste its text");
  await pasted.waitFor();
  await page.evaluate(() => { window.trap = window.modules.at(-1); });
  await pasted.press("x");
  const tools = first.locator('section[aria-labelledby="tools"]');
  await tools.getByText("This part could not be loaded, or an error stopped it.").waitFor();
  assert.equal(await field(first, "Master PBX Name").inputValue(), "typed");
  await tools.getByRole("button", { name: "Try again", exact: true }).click();
  await pasted.fill("no JSON");
  await first.getByText("This is not a configuration of the calendar.").waitFor();
});
