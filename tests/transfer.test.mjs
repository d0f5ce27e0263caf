// The whole configuration out as a file, and in again after a look at what would change.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { choose, chosen, discard, field, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { writes } from "./support/wire.mjs";

const CLIENT = "11111111-2222-3333-4444-555555555555";
const STORED = { syncType: 4, pbxName: "master", clientId: CLIENT, tenantId: "a.example", clientSecret: "s3cret" };

const SAME = "Nothing would change: these are the values in the form.";
const TAKEN = "Loaded into the form, but not saved yet. Check the marked fields, then press Save, or Discard to undo.";
const FOREIGN = "This is not a configuration of the calendar. Use a file as the export writes it, from the first brace to the last.";
const NEWER = "This was written by a newer version of the calendar. Update the calendar here first.";
const WRONG = "This cannot be loaded. Correct it first:";
const UNREADABLE = "This file could not be read. Choose it again, or paste its text.";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const take = (page) => button(page, "Load into the form");
const pasted = (page) => page.getByLabel("Or paste its text");
const sentence = (page) => page.locator(".outcome p").first();
const file = (settings, version = 1) => JSON.stringify({ format: "pbx-calendar settings", version, settings });
const asFile = (text) => ({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(text) });

/** What is told of each item: its name and the sentence beside it. */
const lines = (page) => page.locator(".told li").evaluateAll((all) =>
  all.map((line) => [...line.children].map((part) => part.textContent)));

async function says(page, text) {
  await eventually(async () => assert.equal(await sentence(page).textContent(), text));
}

async function open(world, { stored = STORED, name = "Export and import", ...options } = {}) {
  const service = await world.service();
  const admin = await world.client(service);
  assert.equal(await admin.write(stored), "ok");
  const page = await world.tryOut(service, options);
  await button(page, name).click();
  await page.locator(".transfer").waitFor();
  return { page, admin };
}

/** Lets go of a file over the place for it. */
async function drop(page, text) {
  const dataTransfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.json"));
    return data;
  }, text);
  await pasted(page).dispatchEvent("drop", { dataTransfer });
}

scenario("an export has what is stored and no secret, and changes nothing where it came from", async (world) => {
  const { page } = await open(world, { permissions: ["clipboard-read", "clipboard-write"] });
  await field(page, "Client Secret").fill("an0ther");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export to a file", exact: true }).click(),
  ]);
  const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  assert.equal(download.suggestedFilename(), `calendar-settings-${today}.json`);
  const text = await readFile(await download.path(), "utf8");
  assert.deepEqual(JSON.parse(text), {
    format: "pbx-calendar settings",
    version: 1,
    settings: {
      pbxName: "master", presenceLanguage: "en", presenceTimeZone: "UTC", showSubject: false, priorityWords: "",
      priorityExcludedWords: "", onlyGroups: "", exceptGroups: "", manualWins: false, selfService: true, syncType: "graph", user: "", discoveryMailbox: "",
      autodiscoverUrl: "", ewsUrl: "",
      exchangeServer: "external", nameResolving: "user", maxSubscriptions: 200, channelBinding: "always",
      ewsDebug: false, clientId: CLIENT, tenantId: "a.example", supportedAccounts: "single", scopes: "",
      clientSecretExpires: "", nationalCloud: "global", caCertificate: "", httpProxy: "", httpProxyUser: "",
      tentativeOrganizer: "", mapBusy: "busy", mapTentative: "ignore", mapTentativeException: "away",
      showTentativeExceptionTitle: false, mapOutOfOffice: "away", mapWorkingElsewhere: "available", mapNoData: "busy",
      ignoreCategories: "", mapAutomaticReplies: "ignore",
      calendarApi: false, calendarApiWrite: false,
    },
  });
  await button(page, "Copy as text").click();
  await page.getByText("Copied.", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);

  await page.locator('.import input[type="file"]').setInputFiles(asFile(text));
  await says(page, SAME);
  assert.deepEqual(await lines(page), []);
  assert.equal(await take(page).isVisible(), false);
  // What was typed and not saved is part of what would change.
  await field(page, "Master PBX Name").fill("hq");
  await says(page, "One setting of the form would change:");
  assert.deepEqual(await lines(page), [["Master PBX Name", "hq → master"]]);
});

scenario("an import is shown, taken over, saved and undone", async (world) => {
  const { page, admin } = await open(world);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, "Choose a file").click()]);
  await chooser.setFiles(asFile(file({
    pbxName: "hq", mapBusy: "away", presenceLanguage: "de", showSubject: true, user: "hidden@example.com",
    tenantId: "a.example",
  })));
  await says(page, "5 settings of the form would change:");
  assert.deepEqual(await lines(page), [
    ["Master PBX Name", "master → hq"],
    ["Presence language", "English → German"],
    ["Subject", "off → on"],
    ["User", "(empty) → hidden@example.com"],
    ["Busy", "Busy → Away"],
  ]);
  await take(page).click();
  await says(page, TAKEN);
  assert.equal(await sentence(page).evaluate((node) => node.getRootNode().activeElement === node), true);
  assert.equal(await pasted(page).inputValue(), "");
  assert.equal(await take(page).isVisible(), false);
  assert.equal(await field(page, "Master PBX Name").inputValue(), "hq");
  assert.equal(await chosen(page, "Busy"), "Away");
  assert.deepEqual(await writes(page), []);

  await save(page).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const read = async () => {
    const { pbxName, presenceLanguage, showSubject, user, mapBusy, tenantId } = await admin.read();
    return [pbxName, presenceLanguage, showSubject, user, mapBusy, tenantId];
  };
  assert.deepEqual(await read(), ["hq", 4, true, "hidden@example.com", 2, "a.example"]);
  await button(page, "Revert last save").click();
  await page.getByText("Reverted: the previous values are stored again.").waitFor();
  assert.deepEqual(await read(), ["master", 5, false, "", 1, "a.example"]);
});

scenario("an import that was taken over is discarded like what is typed, and one can be cancelled before", async (world) => {
  const { page } = await open(world);
  await pasted(page).fill(file({ pbxName: "hq" }));
  await says(page, "One setting of the form would change:");
  await button(page, "Cancel").click();
  await says(page, "");
  assert.deepEqual(await lines(page), []);
  assert.equal(await pasted(page).inputValue(), "");
  assert.equal(await field(page, "Master PBX Name").inputValue(), "master");

  await drop(page, file({ pbxName: "hq" }));
  await says(page, "One setting of the form would change:");
  await take(page).click();
  await says(page, TAKEN);
  await discard(page).click();
  assert.equal(await field(page, "Master PBX Name").inputValue(), "master");
  assert.deepEqual(await writes(page), []);
});

scenario("what cannot be taken over is told with what to do", async (world) => {
  const { page } = await open(world);
  for (const [text, told] of [
    ["not even JSON", FOREIGN],
    ["[]", FOREIGN],
    ['{"ConfigItems": {"pbxName": "hq"}}', FOREIGN],
    [JSON.stringify({ format: "another", version: 1, settings: {} }), FOREIGN],
    [JSON.stringify({ format: "pbx-calendar settings", version: 1, settings: "x" }), FOREIGN],
    [file({}, 2), NEWER],
  ]) {
    await pasted(page).fill(text);
    await says(page, told);
    assert.deepEqual(await lines(page), [], text);
    assert.equal(await take(page).isVisible(), false);
  }
  await pasted(page).fill(file({
    color: "red", clientSecret: "s3cret", clientId: "x", redirectUri: "https://x.example", syncType: 4, mapBusy: "happy",
    showSubject: "yes", maxSubscriptions: 1.5, pbxName: ["hq"], httpProxy: "ftp://x", presenceTimeZone: "Mars/Base",
  }));
  await says(page, WRONG);
  assert.deepEqual(await lines(page), [
    ["Master PBX Name (pbxName)", "This value is not valid. Write a text in quotation marks."],
    ["Presence timezone (presenceTimeZone)", "There is no such time zone. Choose one from the list, such as Europe/Berlin."],
    ["Subject (showSubject)", "This value is not valid. Possible values: true, false."],
    ["Sync-Type (syncType)", "This value is not valid. Possible values: disabled, onPremises, cloud, cloudAppOnly, graph, hybrid."],
    ["Max subscriptions per connection (maxSubscriptions)", "Enter a whole number from 1 to 200."],
    ["Client ID (clientId)", "An ID looks like 1b4e28ba-2fa1-…; copy it from the overview page."],
    ["Redirect URI (redirectUri)", "The service fills this in. Remove it."],
    ["Client Secret (clientSecret)", "Passwords and secrets do not belong in a file. Remove it from the file and enter it in the form."],
    ["Proxy (httpProxy)", "Enter the proxy as http://server:port, without a path; user and password have fields of their own."],
    ["Busy (mapBusy)", "This value is not valid. Possible values: available, busy, away, doNotDisturb, ignore."],
    ["color", "There is no such setting. Correct its name, or remove it."],
  ]);
  assert.equal(await take(page).isVisible(), false);
  await button(page, "Cancel").click();
  await says(page, "");

  const large = { name: "x.json", mimeType: "application/json", buffer: Buffer.alloc(1_000_001, " ") };
  await page.locator('.import input[type="file"]').setInputFiles(large);
  await says(page, UNREADABLE);
});

/** Presses Tab until what has the focus bears a name. */
async function tabTo(page, name) {
  for (let steps = 0; steps < 120; steps += 1) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return (active?.labels?.[0] ?? active)?.textContent.trim();
    });
    if (reached === name) return;
  }
  assert.fail(`no way to ${name}`);
}

scenario("an import goes by keyboard alone", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  await admin.write(STORED);
  const page = await world.tryOut(service);
  await tabTo(page, "Export and import");
  await page.keyboard.press("Enter");
  await page.locator(".transfer").waitFor();
  // Asked for in good time: the browser has to be told before it would open one.
  const chooser = page.waitForEvent("filechooser", { timeout: 30_000 });
  await tabTo(page, "Choose a file");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(asFile(file({ pbxName: "wrong" })));
  await says(page, "One setting of the form would change:");
  await tabTo(page, "Cancel");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.insertText(file({ pbxName: "hq" }));
  await says(page, "One setting of the form would change:");
  await tabTo(page, "Load into the form");
  await page.keyboard.press("Enter");
  await says(page, TAKEN);
  await tabTo(page, "Save");
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal((await admin.read()).pbxName, "hq"));
});

scenario("differences and refusals are told in the language of the form, and follow it", async (world) => {
  const { page } = await open(world, { name: "Export und Import", locale: "de-DE" });
  const pasted = page.getByLabel("Oder seinen Text einfügen");
  await pasted.fill(file({ mapBusy: "away", presenceLanguage: "fr", showSubject: true }));
  await says(page, "3 Einstellungen des Formulars würden sich ändern:");
  assert.deepEqual(await lines(page), [
    ["Sprache der Präsenz", "Englisch → Französisch"],
    ["Betreff", "aus → ein"],
    ["Beschäftigt", "Beschäftigt → Abwesend"],
  ]);
  await pasted.fill(file({ clientId: "x" }));
  await says(page, "Das lässt sich nicht laden. Berichtigen Sie zuerst:");
  const [[label, reason]] = await lines(page);
  assert.deepEqual([label, reason.split(";")[0]], ["Client-ID (clientId)", "Eine ID sieht aus wie 1b4e28ba-2fa1-…"]);
  await page.locator("#language").selectOption("en");
  await says(page, WRONG);
  assert.deepEqual((await lines(page)).map(([label]) => label), ["Client ID (clientId)"]);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    scenario(`export and import are accessible, ${colorScheme}, ${width} wide`, async (world) => {
      const { page } = await open(world, { colorScheme, viewport: { width, height: 900 } });
      const fits = () => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth);
      await assertAccessible(page);
      await pasted(page).fill(file({ pbxName: "a".repeat(200), mapBusy: "away", clientId: CLIENT.replace("1", "2") }));
      await says(page, "3 settings of the form would change:");
      await assertAccessible(page);
      assert.equal(await fits(), true);
      await pasted(page).fill(file({ clientSecret: "x", maxSubscriptions: 0 }));
      await says(page, WRONG);
      await assertAccessible(page);
      assert.equal(await fits(), true);
      await pasted(page).fill(file({ mapBusy: "away" }));
      await take(page).click();
      await says(page, TAKEN);
      assert.equal(await chosen(page, "Busy"), "Away");
      await assertAccessible(page);
    });
  }
}

scenario("what is typed meanwhile is compared as well", async (world) => {
  const { page } = await open(world);
  await pasted(page).fill(file({ mapBusy: "away" }));
  await says(page, "One setting of the form would change:");
  await choose(page, "Busy", "Away");
  await says(page, SAME);
  await choose(page, "Busy", "Ignore for presence");
  await says(page, "One setting of the form would change:");
  assert.deepEqual(await lines(page), [["Busy", "Ignore for presence → Away"]]);
});
