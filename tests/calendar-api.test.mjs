// Who may use the Calendar API: switches, callers, a token that is shown once, and the record.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const STORED = { syncType: 4, pbxName: "master", clientId: "11111111-2222-3333-4444-555555555555", tenantId: "a.example", clientSecret: "s3cret" };

const button = (page, name) => page.getByRole("button", { name, exact: true });
const labelled = (page, name) => page.locator(".api").getByLabel(name, { exact: true });
const status = async (service, path, token) =>
  (await fetch(`${service.url}${path}`, { headers: { Authorization: `Bearer ${token}` } })).status;

async function open(world, { name = "Callers of the Calendar API", ...options } = {}) {
  const service = await world.service();
  const admin = await world.client(service);
  assert.equal(await admin.write(STORED), "ok");
  const page = await world.tryOut(service, options);
  await button(page, name).click();
  await page.locator(".api").waitFor();
  return { service, admin, page };
}

/** A picture for the eye, where somebody wants one. */
async function picture(page, name) {
  const folder = process.env.PICTURES;
  if (!folder) return;
  await page.locator(".api").scrollIntoViewIfNeeded();
  await page.locator(".api").screenshot({ path: `${folder}/${name}.png` });
}

scenario("an administrator lets a caller in, whose token is shown once", async (world) => {
  const { service, admin, page } = await open(world);
  await page.getByText("Nobody may call yet.").waitFor();
  await labelled(page, "Other programs may ask for appointments").check();
  await labelled(page, "Appointments may be written").check();
  await page.getByText("Application Calendars.ReadWrite").waitFor();
  assert.equal((await admin.read()).calendarApi, false, "nothing is written before it is saved");
  await save(page).click();
  await eventually(async () => assert.equal((await admin.read()).calendarApiWrite, true));

  await button(page, "Add a caller").click();
  await labelled(page, "Name").fill("CRM");
  await labelled(page, "See busy times").check();
  await labelled(page, "Mailboxes").fill("anna@contoso.example, *");
  await button(page, "Save the caller").click();
  await page.getByText("“Mailboxes” cannot be right, or another caller has it.").waitFor();
  await picture(page, "error");
  await assertAccessible(page);
  await labelled(page, "Mailboxes").fill("anna@contoso.example\nben@contoso.example");
  await button(page, "Save the caller").click();
  await page.getByText("It is shown this once").waitFor();
  const token = (await page.locator(".token").textContent()).trim();
  assert.match(token, /^pbxcal_[\w-]{43}$/);
  assert.equal(await status(service, "api/v1/nothing", token), 404);
  assert.equal(await status(service, "api/v1/nothing", `${token}x`), 401);
  await picture(page, "token");
  await button(page, "Done").click();
  await page.getByText("See busy times · 2 mailboxes").waitFor();
  assert.ok(!(await page.content()).includes(token));
  await page.locator("summary", { hasText: "Example" }).click();
  await page.getByText("busy?mailbox=anna@contoso.example").waitFor();
  await assertAccessible(page);
  await picture(page, "callers");

  await button(page, "Change CRM").click();
  await labelled(page, "Write appointments").check();
  await button(page, "Save the caller").click();
  await page.getByText("See busy times, Write appointments · 2 mailboxes").waitFor();
  await button(page, "Remove CRM").click();
  await button(page, "Remove for good CRM").click();
  await page.getByText("Nobody may call yet.").waitFor();
  assert.equal(await status(service, "api/v1/nothing", token), 401);
});

scenario("what was written and what was refused is on record", async (world) => {
  const { service, admin, page } = await open(world);
  await admin.write({ calendarApi: true });
  const caller = { name: "CRM", kind: "token", rights: ["write"], mailboxes: ["anna@contoso.example"] };
  const { token } = await admin.request({ mt: "SaveCaller", api: "Calendar", ...caller });
  const headers = { Authorization: `Bearer ${token}`, "Idempotency-Key": "a" };
  const body = { mailbox: "anna@contoso.example", start: "2026-12-01T10:00:00Z", end: "2026-12-01T11:00:00Z", subject: "Secret" };
  const refused = await fetch(`${service.url}api/v1/appointments`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.deepEqual([refused.status, (await refused.json()).error], [403, "writingIsOff"]);
  await page.getByText("Nothing is on record.").waitFor();
  await button(page, "Read again").click();
  const row = page.locator(".audit tbody tr");
  await row.waitFor();
  const cells = await row.locator("td").allTextContents();
  assert.deepEqual([cells[1], cells[2], cells[3], cells[5]], ["CRM", "created", "anna@contoso.example", "writingIsOff"]);
  const csv = decodeURIComponent(await page.getByRole("link", { name: "Export as CSV" }).getAttribute("href"));
  assert.ok(csv.includes('"CRM","create","anna@contoso.example"') && !csv.includes("Secret"), csv);
  await labelled(page, "Search").fill("somebody else");
  await page.getByText("Nothing is on record.").waitFor();
  await labelled(page, "Search").fill("CRM");
  await row.waitFor();
  await picture(page, "audit");
});

scenario("in German, dark and narrow", async (world) => {
  const { page } = await open(world, {
    locale: "de-DE", colorScheme: "dark", viewport: { width: 400, height: 900 }, name: "Aufrufer der Kalender-API",
  });
  await button(page, "Aufrufer hinzufügen").click();
  await labelled(page, "Postfächer").waitFor();
  await assertAccessible(page);
  await picture(page, "german");
});
