// The pages of the App objects: Calendar Admin in the frame of myApps, and what they say without it.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, field, ready, save } from "./support/form.mjs";
import { MyApps } from "./support/myapps.mjs";
import { scenario } from "./support/scenario.mjs";

const ADMIN = "pbxcalendar-calendaradmin";

/** The admin app of a new service in myApps. */
async function adminApp(world, { page, ...options } = {}) {
  const service = await world.service({ tryOut: false });
  const myApps = await MyApps.start(world, page);
  const app = await myApps.open(service, ADMIN, options);
  return { service, myApps, app };
}

scenario("Calendar Admin logs in with the user of myApps, shows the settings and the status, and saves", async (world) => {
  const { service, myApps, app } = await adminApp(world);
  await ready(app);
  await app.getByText("Synchronisation is disabled.").first().waitFor();
  const admin = await world.client(service);
  await field(app, "Master PBX Name").fill("master");
  await choose(app, "Sync-Type", SYNC_TYPES.graph);
  await field(app, "Client ID").fill("11111111-2222-3333-4444-555555555555");
  await field(app, "Tenant ID").fill("example.com");
  await field(app, "Client Secret").fill("s3cret");
  await save(app).click();
  // Only the key that came with the login can have encrypted the secret so that the service takes it.
  await eventually(async () => assert.equal((await admin.read()).pbxName, "master"));
  assert.deepEqual(await myApps.get("heard"), ["Alive", "getLogin"]);
  assert.deepEqual(await myApps.get("refused"), []);
});

scenario("a client that sends no src back is understood", async (world) => {
  const service = await world.service({ tryOut: false });
  const myApps = await MyApps.start(world);
  await myApps.page.evaluate(() => { client.echo = false; });
  await ready(await myApps.open(service, ADMIN));
});

scenario("Calendar Admin follows language and scheme of myApps and keeps what was typed", async (world) => {
  const { myApps, app } = await adminApp(world, { lang: "de", scheme: "light" });
  await app.getByRole("button", { name: /^Speichern/ }).waitFor();
  assert.deepEqual(await look(app), { lang: "de", scheme: "light", form: "light" });
  await myApps.do("speak", "en");
  await myApps.do("dress", "dark");
  await field(app, "Master PBX Name").fill("typed");
  await myApps.do("speak", "de");
  await app.getByRole("button", { name: /^Speichern/ }).waitFor();
  assert.deepEqual(await look(app), { lang: "de", scheme: "dark", form: "dark" });
  await myApps.do("speak", "xx");
  await app.getByRole("button", { name: /^Save/ }).waitFor();
  assert.equal(await field(app, "Master PBX Name").inputValue(), "typed");
  assert.equal((await look(app)).lang, "en");
});

const look = (app) => app.evaluate(() => {
  const { lang, dataset } = document.documentElement;
  return { lang, scheme: dataset.scheme, form: document.querySelector("pbxcalendar-form").dataset.scheme };
});

scenario("Calendar Admin connects again with a new login after kill -9", async (world) => {
  // The second module may be on its way just then.
  world.expect(/WebSocket (connection to|is already in)|ERR_CONNECTION_REFUSED/);
  const { service, myApps, app } = await adminApp(world);
  await ready(app);
  await field(app, "Master PBX Name").fill("typed");
  await service.restart();
  const admin = await world.client(service);
  await eventually(async () => {
    await save(app).click({ timeout: 1_000 });
    assert.equal((await admin.read()).pbxName, "typed");
  });
  assert.deepEqual(await myApps.get("heard"), ["Alive", "getLogin", "getLogin"]);
});

scenario("what myApps says about a refused login is shown, and silence too", async (world) => {
  const service = await world.service({ tryOut: false });
  const myApps = await MyApps.start(world);
  await myApps.page.evaluate(() => { client.answer = () => ({ error: 1, errorText: "no licence" }); });
  const app = await myApps.open(service, ADMIN);
  await app.getByText("no licence").first().waitFor();
  await myApps.page.evaluate(() => { client.answer = () => null; });
  await eventually(() => app.getByText("myApps does not answer").first().waitFor(), 20_000);
});

scenario("myApps may reload the app", async (world) => {
  const { myApps, app } = await adminApp(world);
  await ready(app);
  await myApps.do("prepareReload");
  await eventually(async () => assert.equal((await myApps.get("heard")).at(-1), "PrepareReloadComplete"));
});

scenario("windows other than the client are not listened to", async (world) => {
  const { app } = await adminApp(world);
  await ready(app);
  await app.evaluate(async () => {
    postMessage(JSON.stringify({ mt: "SetLang", lang: "de" }), "*");
    postMessage("no JSON", "*");
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  assert.equal((await look(app)).lang, "en");
});

scenario("where files are missing Calendar Admin says how to get them", async (world) => {
  world.expect(/Failed to load resource/);
  const service = await world.service({ tryOut: false });
  const myApps = await MyApps.start(world);
  await myApps.page.route("**/plugin/**", (route) => route.fulfill({ status: 503, body: "" }));
  const app = await myApps.open(service, ADMIN);
  await app.getByText("unpack the package again").waitFor();
});

const LANGUAGES = {
  "en-GB": [/app of myApps/, /nothing to show/],
  "de-DE": [/App von myApps/, /nichts anzuzeigen/],
  "fr-FR": [/app de myApps/, /rien à afficher/],
  "it-IT": [/app di myApps/, /nulla da mostrare/],
  "es-ES": [/app de myApps/, /nada que mostrar/],
  "nl-NL": [/app van myApps/, /niets te tonen/],
  "ja-JP": [/app of myApps/, /nothing to show/],
};

scenario("opened without myApps the pages say what they are, in the browser's language", async (world) => {
  const service = await world.service({ tryOut: false });
  for (const [locale, [admin, calendar]] of Object.entries(LANGUAGES)) {
    const page = await world.page({ locale, viewport: { width: 320, height: 600 } });
    for (const [app, sentence] of [[ADMIN, admin], ["pbxcalendar-calendar", calendar]]) {
      await page.goto(`${service.url}${app}.htm`);
      await page.getByText(sentence).waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), locale);
    }
  }
});

for (const scheme of ["light", "dark"]) {
  scenario(`the apps are accessible, ${scheme}`, async (world) => {
    const { service, app } = await adminApp(world, { scheme, page: { colorScheme: scheme } });
    await ready(app);
    await choose(app, "Sync-Type", SYNC_TYPES.onPremises);
    await assertAccessible(app);
    const page = await world.page({ colorScheme: scheme });
    for (const name of [ADMIN, "pbxcalendar-calendar"]) {
      await page.goto(`${service.url}${name}.htm`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await assertAccessible(page);
    }
  });
}
