// The page that the service shows at its address.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { field, ready } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { PASSWORD } from "./support/service.mjs";

scenario("the page says what it is", async (world) => {
  const page = await world.tryOut(await world.service());
  assert.match(await page.locator("body").innerText(), /stand-in|stands in|try/i);
});

scenario("language and scheme can be switched", async (world) => {
  const page = await world.tryOut(await world.service());
  const language = page.getByLabel(/language/i).filter({ visible: true }).first();
  await language.selectOption("de").catch(() => page.getByRole("button", { name: /^(de|Deutsch)/i }).click());
  await page.getByRole("button", { name: /^Speichern/ }).waitFor();
});

scenario("without --try-out the page asks for the instance password and keeps it in memory only", async (world) => {
  const page = await world.page();
  const service = await world.service({ tryOut: false });
  await page.goto(service.url);
  const password = page.locator("input[type=password]").first();
  await password.fill(PASSWORD);
  await password.press("Enter");
  await ready(page);
  assert.equal(await field(page, "Presence timezone").inputValue(), "UTC");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  assert.ok(!kept.includes(PASSWORD));
  assert.ok(!service.output.includes(PASSWORD));
});

scenario("with --try-out only the first browser is logged in by itself, and another one is asked for the password", async (world) => {
  const service = await world.service();
  await service.enter(await world.page());
  const other = await world.page();
  world.expect(/403/);
  assert.equal((await other.goto(service.tryOutUrl)).status(), 403);
  await other.goto(service.url);
  await other.locator("input[type=password]").first().fill(PASSWORD);
  await other.keyboard.press("Enter");
  await ready(other);
});

scenario("a wrong instance password is said to be wrong, and the right one is taken then", async (world) => {
  const page = await world.page();
  const service = await world.service({ tryOut: false });
  await page.goto(service.url);
  const password = page.locator("input[type=password]").first();
  await password.fill("wrong");
  await password.press("Enter");
  await password.waitFor();
  await eventually(async () => {
    assert.match(await page.locator("body").innerText(), /wrong|refused|incorrect|not (take|accept|correct)/i);
  });
  await password.fill(PASSWORD);
  await password.press("Enter");
  await ready(page);
});

scenario("the card shows the six example notes of the wiki parsed", async (world) => {
  const page = await world.tryOut(await world.service());
  const text = await page.locator("body").innerText();
  for (const title of ["Meeting with Caption Sparrow", "Homeoffice", "Christmas"]) assert.ok(text.includes(title), title);
});

scenario("a service that is no try-out shows login and form, nothing of a stand-in and no examples", async (world) => {
  const page = await world.page({ viewport: { width: 1280, height: 720 } });
  const service = await world.service({ tryOut: false });
  await page.goto(service.url);
  const password = page.locator("input[type=password]").first();
  await password.fill(PASSWORD);
  await password.press("Enter");
  await ready(page);
  assert.doesNotMatch(await page.locator("body").innerText(), /stand-in|stands in|try|demo|colleagues see now|#busy/i);
  assert.equal(await page.locator("#colleagues, #notes, #trials, #plugins").count(), 0);
  // The form has the page: nothing scrolls but the form.
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
  await page.getByLabel("Language", { exact: true }).first().selectOption("de");
  await page.getByRole("button", { name: /^Speichern/ }).waitFor();
  assert.equal(await page.locator("h1").first().innerText(), "Kalender");
});

scenario("an address that is none says so in the language of the browser, and leads to the form", async (world) => {
  world.expect(/404/);
  const page = await world.page({ locale: "fr-FR" });
  const service = await world.service({ tryOut: false });
  assert.equal((await page.goto(`${service.url}nix`)).status(), 404);
  await page.getByRole("heading", { name: "Page introuvable" }).waitFor();
  await page.getByRole("link", { name: "Vers les paramètres" }).click();
  await page.locator("input[type=password]").first().waitFor();
});
