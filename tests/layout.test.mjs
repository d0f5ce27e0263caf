// The order of the form: what is seldom changed is folded away, ways lead to each section, the mapping is one table.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, advanced, choose, discard, field, focused, problem, ready, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { PASSWORD } from "./support/service.mjs";

const CLIENT = "11111111-2222-3333-4444-555555555555";
const GRAPH = { pbxName: "master", syncType: 4, clientId: CLIENT, tenantId: "example.com", clientSecret: "s3cret" };

const isFolded = (page, label) => eventually(async () => assert.equal(await field(page, label).isVisible(), false, label));
const isShown = (page, label) => field(page, label).waitFor();

/** Chooses a sync type and unfolds nothing. */
const type = (page, name) => field(page, "Sync-Type").selectOption({ label: name });

scenario("all of Exchange Sync for Graph stands on one screen, and what is folded is there for those who search", async (world) => {
  const page = await own(world, { viewport: { width: 1280, height: 1000 } }, GRAPH);
  const { height } = await page.locator('section[aria-labelledby="exchange"]').boundingBox();
  assert.ok(height <= 1000, `${height} px`);
  for (const label of ["Client ID", "Tenant ID", "Client Secret", "Client Secret expires on"]) await isShown(page, label);
  for (const label of ["Supported account", "Microsoft cloud", "Certificate authority (PEM)", "Proxy"]) await isFolded(page, label);
  // Browsers search closed details and open them; they do not search what is not there.
  const details = advanced(page).locator("..");
  assert.equal(await details.evaluate((element) => element.localName), "details");
  assert.ok((await details.textContent()).includes("Certificate authority (PEM)"));
  await assertAccessible(page);
  await advanced(page).click();
  await isShown(page, "Proxy");
  await assertAccessible(page);
});

scenario("who has changed something advanced sees it at once", async (world) => {
  const service = await world.service();
  await (await world.client(service)).write({ ...GRAPH, httpProxy: "http://proxy:3128" });
  const page = await world.tryOut(service);
  assert.equal(await field(page, "Proxy").isVisible(), true);
});

scenario("what is wrong unfolds, and takes the focus", async (world) => {
  const page = await world.tryOut(await world.service());
  await field(page, "Master PBX Name").fill("master");
  await type(page, SYNC_TYPES.onPremises);
  await field(page, "User").fill("EXAMPLE\\sync");
  await field(page, "Password").fill("s3cret");
  await isFolded(page, "Mailbox for Autodiscover");
  await save(page).click();
  await eventually(async () => assert.equal((await focused(page)).id, "discoveryMailbox"));
  assert.equal(await problem(field(page, "Mailbox for Autodiscover")), "Required.");
});

scenario("what somebody else changes unfolds, and again after it was folded by hand", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  await admin.write({ pbxName: "master", syncType: 1, user: "sync@example.com", password: "s3cret" });
  const page = await world.tryOut(service);
  const most = "Max subscriptions per connection";
  await isFolded(page, most);
  await admin.write({ maxSubscriptions: 100 });
  await isShown(page, most);
  await field(page, most).fill("50");
  await advanced(page).click();
  await isFolded(page, most);
  await admin.write({ maxSubscriptions: 20 });
  await page.getByText("Meanwhile somebody else has saved: 20").waitFor();
  // Back at its default it stays where it is: nobody wants a field to go while typing in it.
  await page.getByRole("button", { name: `Take theirs (${most})` }).click();
  await admin.write({ maxSubscriptions: 200 });
  await eventually(async () => assert.equal(await field(page, most).inputValue(), "200"));
  assert.equal(await field(page, most).isVisible(), true);
});

const WAYS = ["Overview", "PBX & Presence", "Exchange Sync", "Presence mapping", "App objects", "Tools"];

const ways = (page) => page.getByRole("navigation", { name: "Sections" });
const way = (page, name) => ways(page).getByRole("link", { name });
const marked = (page) => ways(page).locator("[aria-current]").innerText().then((name) => name.trim());
const isMarked = (page, name) => eventually(async () => assert.equal(await marked(page), name));
/** How far something is below the ways, in pixels. */
const below = async (page, place) => {
  const [bar, box] = await Promise.all([ways(page), place].map((it) => it.boundingBox()));
  return box.y - bar.y - bar.height;
};

/** The form in a host that scrolls itself too. */
async function hosted(world, service, options) {
  const page = await world.host({ page: options });
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  await ready(page);
  await page.addStyleTag({ content: "#form { height: 600px !important; margin: 200px 0 1500px; }" });
  return page;
}

/** The page of a service that shows the form alone. */
async function own(world, options, settings = {}) {
  const page = await world.page(options);
  const service = await world.service({ tryOut: false });
  await (await world.client(service)).write(settings);
  await service.enter(page);
  const password = page.locator("input[type=password]").first();
  await password.fill(PASSWORD);
  await password.press("Enter");
  await ready(page);
  return page;
}

scenario("the ways lead to the sections, in their order, and scroll the form alone", async (world) => {
  const page = await hosted(world, await world.service(), { viewport: { width: 1280, height: 900 } });
  assert.deepEqual((await ways(page).getByRole("link").allInnerTexts()).map((name) => name.trim()), WAYS);
  const headings = page.locator(".sections > section > .heading h3");
  // The Calendar API has no way of its own.
  assert.deepEqual((await headings.allInnerTexts()).filter((name) => name !== "Calendar API").slice(-5), WAYS.slice(1));
  await isMarked(page, "Overview");
  for (const name of [...WAYS.slice(1), ...WAYS.toReversed()]) {
    await way(page, name).click();
    await isMarked(page, name);
    assert.equal(await page.evaluate(() => window.scrollY), 0, name);
    if (name !== "Overview") {
      const heading = page.getByRole("heading", { name, exact: true });
      assert.equal(await heading.evaluate((it) => it.getRootNode().activeElement === it), true, name);
      const distance = await below(page, heading);
      assert.ok(distance >= 0 && distance < 600, `${name}: ${distance} px`);
    }
  }
  assert.equal(new URL(page.url()).hash, "");
  await assertAccessible(page, "#form");
});

scenario("what is in view is marked while the form is scrolled by hand, first and last included", async (world) => {
  const page = await hosted(world, await world.service(), { viewport: { width: 1280, height: 900 } });
  const scrollTo = (share) => page.locator(".pbxcalendar-manager").evaluate((form, to) => {
    form.scrollTop = to * (form.scrollHeight - form.clientHeight);
  }, share);
  const seen = [];
  for (let share = 0; share <= 1; share += 0.02) {
    await scrollTo(Math.min(1, share));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const now = await marked(page);
    if (seen.at(-1) !== now) seen.push(now);
  }
  assert.deepEqual(seen, WAYS);
});

scenario("unsaved input and errors are told where the way to them is", async (world) => {
  const page = await world.tryOut(await world.service());
  assert.equal(await way(page, /not saved|error/).count(), 0);
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Client ID").fill("1234");
  await way(page, "Exchange Sync (not saved)").waitFor();
  await save(page).click();
  await way(page, "PBX & Presence (1 error)").waitFor();
  await way(page, "Exchange Sync (not saved) (3 errors)").waitFor();
  await assertAccessible(page);
  await discard(page).click();
  await eventually(async () => assert.equal(await way(page, /not saved|error/).count(), 0));
});

for (const [name, viewport] of Object.entries({
  "1280×720": { width: 1280, height: 720 }, "1440×900": { width: 1440, height: 900 }, "400×800": { width: 400, height: 800 },
  "1280×720 at 200 %": { width: 640, height: 360 },
})) {
  scenario(`Save and the ways stay in view, ${name}`, async (world) => {
    const page = await own(world, { viewport });
    const isInView = async (place) => {
      const { x, y, width, height } = await place.boundingBox();
      assert.ok(x >= 0 && y >= 0 && x + width <= viewport.width && y + height <= viewport.height, JSON.stringify([x, y, width, height]));
    };
    const stay = async () => {
      await isInView(save(page));
      const bar = await ways(page).boundingBox();
      assert.ok(bar.y >= 0 && bar.y + bar.height < viewport.height / 2, JSON.stringify(bar));
    };
    for (const to of ["Presence mapping", "Tools", "PBX & Presence"]) {
      await way(page, to).click();
      await stay();
    }
    await choose(page, "Sync-Type", SYNC_TYPES.onPremises);
    await save(page).click();
    await eventually(async () => assert.equal((await focused(page)).inView, true));
    await stay();
  });
}

for (const [viewport, isTable] of [[{ width: 1280, height: 900 }, true], [{ width: 420, height: 900 }, false]]) {
  scenario(`the mapping is ${isTable ? "one table with rows of 44 px" : "a list"} at ${viewport.width} px`, async (world) => {
    const page = await own(world, { viewport });
    await field(page, "Tentative exceptions (organizer)").fill("hr@example.com");
    const rows = page.locator(".table .row");
    await eventually(async () => assert.equal(await rows.count(), 7));
    const head = page.locator(".table .head");
    assert.equal(await head.isVisible(), isTable);
    if (!isTable) return assertAccessible(page);
    assert.deepEqual(await head.locator("span").allInnerTexts(),
      ["Appointments shown as", "Available", "Busy", "Away", "Do not disturb", "Ignore for presence"]);
    for (const row of await rows.all()) {
      const { height } = await row.boundingBox();
      assert.ok(Math.abs(height - 44) <= 1.5, `${height} px`);
    }
    // Each button stands below the name of its column.
    const column = await head.getByText("Away", { exact: true }).boundingBox();
    const cell = await page.getByRole("radio", { name: "Tentative: Away", exact: true }).boundingBox();
    assert.ok(cell.x >= column.x && cell.x + cell.width <= column.x + column.width, JSON.stringify([column, cell]));
    // Preview and dry run stand beside it, and stay.
    const preview = page.getByRole("button", { name: "Preview: what colleagues see" });
    const table = await page.locator(".table").boundingBox();
    assert.ok((await preview.boundingBox()).x >= table.x + table.width);
    await field(page, "Tentative exceptions (organizer)").evaluate((shown) => shown.scrollIntoView());
    await rows.last().evaluate((shown) => shown.scrollIntoView({ block: "start" }));
    const { y } = await preview.boundingBox();
    assert.ok(y >= 0 && y < viewport.height, `${y}`);
    await assertAccessible(page);
  });
}
