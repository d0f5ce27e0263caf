// The form at any width, written from right to left, and for people whom motion makes ill.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { SYNC_TYPES, choose, field, ready, save, summary } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

/** The form in a host, with most of its fields, errors, hints and open parts. */
async function full(world, service, options) {
  const page = await world.host({ page: options });
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  await ready(page);
  await choose(page, "Sync-Type", SYNC_TYPES.cloud);
  await field(page, "Client ID").fill("00000003-0000-0000-c000-000000000000");
  await field(page, "Client Secret").fill("no secret of Microsoft");
  await field(page, "User").fill("Verylongaccountname-without-any-blank-".repeat(4));
  await field(page, "Client Secret expires on").fill("2020-01-01");
  await field(page, "Prioritized appointments need to contain in title").fill("holiday, Donaudampfschifffahrtsgesellschaftskapitän, on");
  await page.getByText("More about this").first().click();
  await page.getByRole("button", { name: "Preview: what colleagues see" }).click();
  await page.locator(".pair").waitFor();
  await save(page).click();
  await summary(page).first().waitFor();
  return page;
}

/** What reaches out of the form on a side where nobody can scroll, or makes the page wider than its window. */
const overflow = (page) => page.evaluate(() => {
  const found = [];
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > room) found.push(`the page: ${document.documentElement.scrollWidth} of ${room}`);
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const { left, right, width } = element.getBoundingClientRect();
      const isScrolled = element.closest("[tabindex='0'], .unseen, .options, nav > *") && !element.matches("[tabindex='0']");
      if (width > 0 && !isScrolled && (left < -0.5 || right > room + 0.5)) {
        found.push(`${element.localName}.${element.className}: ${left} to ${right} of ${room}`);
      }
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document.querySelector("#form"));
  return found;
});

scenario("from 320 to 2000 px nothing is scrolled sideways, from left to right and from right to left", async (world) => {
  const service = await world.service();
  const page = await full(world, service);
  for (const direction of ["ltr", "rtl"]) {
    await page.evaluate((dir) => { document.documentElement.dir = dir; }, direction);
    for (const width of [320, 768, 2000]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await overflow(page), [], `${direction}, ${width} px`);
    }
    await page.setViewportSize({ width: 320, height: 800 });
    await assertAccessible(page, "#form");
  }
  // The label stands to the right of its field.
  await page.setViewportSize({ width: 1000, height: 800 });
  const [label, input] = await Promise.all(
    [page.getByText("Master PBX Name", { exact: true }), field(page, "Master PBX Name")].map((it) => it.boundingBox()),
  );
  assert.ok(label.x > input.x + input.width, JSON.stringify([label, input]));
});

scenario("nothing moves where motion is unwanted", async (world) => {
  const service = await world.service();
  const page = await full(world, service, { reducedMotion: "reduce" });
  await field(page, "Subject").check();
  await page.evaluate(() => host.dress("light"));
  await page.getByRole("button", { name: "Preview: what colleagues see" }).hover();
  const moving = await page.evaluate(() => {
    const found = document.getAnimations().length > 0 ? ["an animation runs"] : [];
    const look = (root) => {
      for (const element of root.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after"]) {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
          const isStill = /^0s(, 0s)*$/.test(transitionDuration) && animationName === "none" && scrollBehavior === "auto";
          if (!isStill) found.push(`${element.localName}${part ?? ""}: ${transitionDuration} ${animationName}`);
        }
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document.querySelector("#form"));
    return found;
  });
  assert.deepEqual(moving, []);
});
