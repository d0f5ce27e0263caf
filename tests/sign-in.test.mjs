// Signing in to Exchange Online: the button in the form, Microsoft's page in a tab of its own, and what comes of it.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, field, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { ExchangeSim, GraphSim, PbxSim } from "./support/stand-ins.mjs";

const ANNA = { guid: "a".repeat(32), h323: "anna", cn: "Anna", dn: "Anna" };
const USER = `svc-calendar@${GraphSim.domain}`;

const button = (page, name) => page.getByRole("button", { name, exact: true });
const status = (page) => page.locator("header .status");
const signedIn = (page) => page.getByText(new RegExp(`^${USER} has been signed in since .*20`));

/** Exchange Online with a mailbox for Anna, a service, its PBX, and its page with everything filled in but saved. */
async function company(world, options) {
  const exchange = await world.start(ExchangeSim.start());
  const service = await world.service({ variables: exchange.variables });
  await exchange.do({ do: "addMailbox", address: `anna@${GraphSim.domain}`, site: "Online", timeZone: "UTC" });
  await exchange.do({ do: "addMailbox", address: USER, site: "Online", timeZone: "UTC" });
  await exchange.do({ do: "changeAccount", user: "svc-calendar", mailbox: USER, principal: USER });
  await exchange.redirectTo(`${service.url}sign-in`);
  const pbx = await world.start(PbxSim.start(service, [ANNA]));
  const page = await world.tryOut(service, options);
  await field(page, "Master PBX Name").fill("master");
  await choose(page, "Sync-Type", SYNC_TYPES.cloud);
  await field(page, "User").fill(USER);
  await field(page, "Exchange Web Services URL (skips Autodiscover)").fill(exchange.online);
  await field(page, "Client ID").fill(exchange.client);
  await field(page, "Client Secret").fill(GraphSim.secret);
  await field(page, "Tenant ID").fill(exchange.tenant);
  await field(page, "Certificate authority (PEM)").fill(exchange.ca);
  return { exchange, service, pbx, page };
}

for (const colorScheme of ["light", "dark"]) {
  scenario(`somebody signs in, and the form tells who, since when and which server is read, ${colorScheme}`, async (world) => {
    const { exchange, pbx, page } = await company(world, { colorScheme });
    await page.getByText("Save first: signing in uses the saved settings.").waitFor();
    assert.equal(await button(page, "Sign in").isVisible(), false);
    await save(page).click();
    await page.getByText("Nobody has signed in yet.").waitFor();
    await assertAccessible(page);

    const opened = page.context().waitForEvent("page");
    await button(page, "Sign in").click();
    const tab = await opened;
    await tab.getByRole("heading", { name: "Signed in" }).waitFor();
    assert.equal(await tab.evaluate(() => window.opener), null);
    await tab.close();
    await signedIn(page).waitFor();
    await button(page, "Sign in again").waitFor();
    await eventually(async () => assert.match(await status(page).innerText(), /^Synchronisation runs for 1 user/));
    await page.getByText(/^Exchange server localhost.*, version 15\.\d.* (It reports changes at once|It is asked)/).waitFor();
    await eventually(() => assert.equal(pbx.presences.get("anna")?.note, "Free"));
    await assertAccessible(page);
    assert.deepEqual(await exchange.violations(), []);
  });
}

scenario("somebody else who signs in is told of, in the language of the form", async (world) => {
  const { exchange, service, page } = await company(world);
  await save(page).click();
  await exchange.sign({ do: "signInAs", user: `other@${GraphSim.domain}` });
  const opened = page.context().waitForEvent("page");
  await button(page, "Sign in").click();
  await (await opened).getByRole("heading", { name: "Signed in, but as somebody else" }).waitFor();
  await page.getByText(`That is not the user of the settings, ${USER}.`).waitFor();
  const german = await world.page({ locale: "de-DE" });
  await service.enter(german);
  await german.getByText(`Das ist nicht der Benutzer der Einstellungen, ${USER}.`).waitFor();
  await german.getByText(new RegExp(`^other@${GraphSim.domain} ist angemeldet, seit `)).waitFor();
});

scenario("where no tab may be opened, a link leads there; what cannot begin says so", async (world) => {
  const { page } = await company(world);
  await save(page).click();
  await page.getByText("Nobody has signed in yet.").waitFor();
  await page.evaluate(() => { window.open = () => null; });
  await button(page, "Sign in").click();
  const link = page.getByRole("link", { name: "Sign-in page of Microsoft" });
  await link.waitFor();
  assert.match(await link.getAttribute("href"), /\/oauth2\/v2\.0\/authorize\?/);
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
  // What is typed meanwhile is not what would be signed in to.
  await field(page, "User").fill(`x@${GraphSim.domain}`);
  await page.getByText("Save first: signing in uses the saved settings.").waitFor();
  await eventually(async () => assert.equal(await button(page, "Sign in").isVisible(), false));
});
