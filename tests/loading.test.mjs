// The plugin in pages that are not ours: other origins, policies, blocked ways of loading.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { field, ready, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const SINGLE = "pbxcalendar.form.single.js";
const MODULE = "pbxcalendar.form.js";
const WASM = "pbxcalendar.form_bg.wasm";

/** Opens the plugin in a host and remembers which of its files arrived. */
async function open(world, folder, policy) {
  const page = await world.host({ policy });
  const loaded = [];
  page.on("requestfinished", (request) => loaded.push(new URL(request.url()).pathname.split("/").at(-1)));
  await page.evaluate((from) => host.open(from, "form"), folder);
  return { page, loaded };
}

/** The form works: what is typed is stored. */
async function assertWorks(world, page, service) {
  await ready(page);
  await field(page, "Master PBX Name").fill("pbx");
  await save(page).click();
  const admin = await world.client(service);
  await eventually(async () => assert.equal((await admin.read()).pbxName, "pbx"));
}

/** A policy as strict as it can be for a plugin from `origin`. */
const strict = (origin, { script = "'wasm-unsafe-eval'", fetch = origin } = {}) => [
  "default-src 'none'", `script-src 'self' ${origin} ${script}`, `style-src 'self' ${origin}`,
  `img-src 'self' ${origin} data:`, `connect-src ${fetch} ${origin.replace("http", "ws")}`,
].join("; ");

const origin = (address) => new URL(address).origin;

scenario("from another origin with CORS the module is loaded", async (world) => {
  const service = await world.service();
  const { page, loaded } = await open(world, `${service.url}plugin/`);
  await assertWorks(world, page, service);
  assert.ok(loaded.includes(MODULE) && loaded.includes(WASM));
  assert.ok(!loaded.includes(SINGLE));
});

scenario("from another origin without CORS the single script is loaded", async (world) => {
  world.expect(/CORS policy|net::ERR_FAILED/);
  const service = await world.service();
  const server = await world.pluginServer(service, { cors: false });
  const { page, loaded } = await open(world, server.url);
  await assertWorks(world, page, service);
  assert.ok(loaded.includes(SINGLE));
});

scenario("a policy that blocks the fetch of the module leaves the single script", async (world) => {
  world.expect(/Content Security Policy/);
  const service = await world.service();
  const policy = strict(origin(service.url), { fetch: "'none'" }).replace("'none' ws", "ws");
  const { page, loaded } = await open(world, `${service.url}plugin/`, policy);
  await assertWorks(world, page, service);
  assert.ok(loaded.includes(SINGLE));
});

scenario("the form works under a policy that allows nothing inline", async (world) => {
  const service = await world.service();
  const { page } = await open(world, `${service.url}plugin/`, strict(origin(service.url)));
  await assertWorks(world, page, service);
});

scenario("a policy without 'wasm-unsafe-eval' gets a sentence that names it", async (world) => {
  world.expect(/Content Security Policy|Calendar plugin/);
  const service = await world.service();
  const { page } = await open(world, `${service.url}plugin/`, strict(origin(service.url), { script: "" }));
  const alert = page.getByRole("alert").filter({ hasText: "script-src 'wasm-unsafe-eval'" });
  await alert.waitFor();
  await page.evaluate(() => host.speak("de"));
  await eventually(async () => assert.match(await page.getByRole("alert").textContent(), /script-src 'wasm-unsafe-eval'.*/s));
});

scenario("where nothing can be loaded a sentence says what to do, and trying again works", async (world) => {
  world.expect(/Failed to load resource|MIME type|Calendar plugin/);
  const service = await world.service();
  const hidden = [MODULE, WASM, SINGLE];
  const server = await world.pluginServer(service, { cors: true, hidden });
  const { page } = await open(world, server.url);
  await page.getByRole("alert").waitFor();
  assert.notEqual((await page.getByRole("alert").textContent()).trim(), "");
  hidden.length = 0;
  await page.getByRole("button").last().click();
  await assertWorks(world, page, service);
});

scenario("without its texts the plugin still opens", async (world) => {
  world.expect(/Failed to load resource|MIME type/);
  const service = await world.service();
  const server = await world.pluginServer(service, { cors: true, hidden: ["pbxcalendar.calendarmanagertexts.js"] });
  const { page } = await open(world, server.url);
  await assertWorks(world, page, service);
});

scenario("rules of the host for bare elements do not reach the form, and the form adds none", async (world) => {
  const service = await world.service();
  const { page } = await open(world, `${service.url}plugin/`);
  await ready(page);
  const box = await field(page, "Master PBX Name").boundingBox();
  assert.ok(box.width > 60 && box.height > 12, JSON.stringify(box));
  const position = await page.evaluate(() => {
    const paragraph = document.createElement("p");
    document.body.append(paragraph);
    return getComputedStyle(paragraph).position;
  });
  assert.equal(position, "absolute");
  assert.equal(await page.evaluate(() => document.head.querySelectorAll("style").length), 0);
});

scenario("the login is asked for as the manager's API says", async (world) => {
  const service = await world.service();
  const { page } = await open(world, `${service.url}plugin/`);
  await ready(page);
  const [request] = await page.evaluate(() => host.requests);
  assert.equal(request.mt, "GetInstanceLogin");
  assert.equal(request.provider, "ap");
  assert.equal(request.path, "plugin");
  assert.equal(request.app, "-");
  assert.match(request.challenge, /^\d{16}$/);
});

scenario("a manager that hands out no session key still lets secrets be saved over loopback", async (world) => {
  const service = await world.service();
  const page = await world.host({ login: { key: false } });
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  await assertWorks(world, page, service);
});
