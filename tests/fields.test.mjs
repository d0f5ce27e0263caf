// Which fields the form shows, under which names.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, chosen, discard, field, problem, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const ALWAYS = [
  "Master PBX Name", "Presence language", "Presence timezone", "Subject",
  "Prioritized appointments need to contain in title", "Prioritized appointments must not contain in title",
  "Sync-Type", "Tentative exceptions (organizer)", "Busy", "Tentative", "Out of office", "Working elsewhere", "No data",
];
const EWS = [
  "User", "Autodiscover URL", "Exchange Web Services URL (skips Autodiscover)", "Exchange server to be used",
  "User for name resolving", "Max subscriptions per connection", "EWS protocol debugging",
];
const CLOUD = [
  "Client ID", "Tenant ID", "Supported account", "Client Secret", "Client Secret expires on", "Microsoft cloud",
];
const SYNCING = ["Certificate authority (PEM)", "Proxy"];
const SHOWN = {
  disabled: ALWAYS,
  onPremises: [...ALWAYS, ...EWS, ...SYNCING, "Mailbox for Autodiscover", "Password", "Extended Protection"],
  cloud: [...ALWAYS, ...EWS, ...CLOUD, ...SYNCING, "Redirect URI", "Scopes"],
  cloudAppOnly: [...ALWAYS, ...EWS, ...CLOUD, ...SYNCING],
  graph: [...ALWAYS, ...CLOUD, ...SYNCING],
  hybrid: [
    ...ALWAYS, ...EWS, ...CLOUD, ...SYNCING, "Mailbox for Autodiscover", "Password", "Extended Protection",
  ],
};
const EXCEPTIONS = ["Tentative exceptions", "Show the titles of tentative exceptions"];
const PROXY_LOGIN = ["Proxy user", "Proxy password"];
const ALL = [...new Set([...Object.values(SHOWN).flat(), ...EXCEPTIONS, ...PROXY_LOGIN])];

async function assertShown(page, labels) {
  await eventually(async () => {
    const shown = [];
    for (const label of ALL) {
      if (await field(page, label).isVisible()) shown.push(label);
    }
    assert.deepEqual(shown.toSorted(), labels.toSorted());
  });
}

for (const [type, name] of Object.entries(SYNC_TYPES)) {
  scenario(`${type} shows its fields and no others`, async (world) => {
    const page = await world.tryOut(await world.service());
    await choose(page, "Sync-Type", name);
    await assertShown(page, SHOWN[type]);
  });
}

scenario("a new configuration is disabled and holds the defaults", async (world) => {
  const page = await world.tryOut(await world.service());
  const values = {};
  for (const label of ALWAYS) {
    values[label] = await chosen(page, label) ?? await field(page, label).evaluate((control) =>
      control.type === "checkbox" ? control.checked : control.value);
  }
  assert.deepEqual(values, {
    "Master PBX Name": "", "Presence language": "English", "Presence timezone": "UTC", Subject: false,
    "Prioritized appointments need to contain in title": "", "Prioritized appointments must not contain in title": "",
    "Sync-Type": "Disabled", "Tentative exceptions (organizer)": "", Busy: "Busy", Tentative: "Ignore for presence",
    "Out of office": "Away", "Working elsewhere": "Available", "No data": "Busy",
  });
});

scenario("an Exchange address hides what only Autodiscover needs", async (world) => {
  const page = await world.tryOut(await world.service());
  await choose(page, "Sync-Type", SYNC_TYPES.onPremises);
  await field(page, "Exchange Web Services URL (skips Autodiscover)").fill("https://mail.example.com");
  const hidden = ["Mailbox for Autodiscover", "Autodiscover URL", "Exchange server to be used"];
  await assertShown(page, SHOWN.onPremises.filter((label) => !hidden.includes(label)));
});

scenario("an organizer brings the mapping of exceptions, and with titles shown their switch", async (world) => {
  const page = await world.tryOut(await world.service());
  await field(page, "Tentative exceptions (organizer)").fill("boss@example.com");
  await assertShown(page, [...ALWAYS, "Tentative exceptions"]);
  await field(page, "Subject").check();
  await assertShown(page, [...ALWAYS, ...EXCEPTIONS]);
});

scenario("a proxy brings the field of its user, and a user that of the password", async (world) => {
  const page = await world.tryOut(await world.service());
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Proxy").fill("http://proxy:3128");
  await assertShown(page, [...SHOWN.graph, "Proxy user"]);
  await field(page, "Proxy user").fill("corp");
  await assertShown(page, [...SHOWN.graph, ...PROXY_LOGIN]);
  assert.equal(await field(page, "Proxy password").getAttribute("type"), "password");
  await field(page, "Proxy").fill("");
  await assertShown(page, SHOWN.graph);
});

scenario("hidden fields keep what was typed", async (world) => {
  const page = await world.tryOut(await world.service());
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Client ID").fill("11111111-2222-3333-4444-555555555555");
  await choose(page, "Sync-Type", SYNC_TYPES.disabled);
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  assert.equal(await field(page, "Client ID").inputValue(), "11111111-2222-3333-4444-555555555555");
});

scenario("each name belongs to one control, and there is one button to save and one to discard", async (world) => {
  const page = await world.tryOut(await world.service());
  await choose(page, "Sync-Type", SYNC_TYPES.cloud);
  for (const label of SHOWN.cloud) {
    assert.equal(await field(page, label).count(), 1, label);
    let named = 0;
    for (const role of ["textbox", "spinbutton", "checkbox", "radio", "combobox", "listbox", "button"]) {
      named += await page.getByRole(role, { name: label, exact: true }).count();
    }
    // Chromium gives a password field no role.
    assert.ok(named <= 1, `${label}: ${named}`);
  }
  assert.equal(await save(page).count(), 1);
  assert.equal(await discard(page).count(), 1);
});

scenario("a field holds its value as soon as it is there", async (world) => {
  const service = await world.service();
  await (await world.client(service)).write({ pbxName: "pbx" });
  const page = await world.page();
  await service.enter(page);
  await field(page, "Master PBX Name").waitFor();
  assert.equal(await field(page, "Master PBX Name").inputValue(), "pbx");
});

scenario("a time zone may come in any letter case, and is kept as IANA spells it", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  const page = await world.tryOut(service);
  const zone = field(page, "Presence timezone");
  await zone.fill("europe/berlin");
  await zone.blur();
  await eventually(async () => assert.equal(await zone.inputValue(), "Europe/Berlin"));
  // Of these a browser may know another name alone.
  for (const [typed, kept] of [["ASIA/kolkata", "Asia/Kolkata"], ["asia/calcutta", "Asia/Calcutta"], ["etc/gmt+5", "Etc/GMT+5"]]) {
    await zone.fill(typed);
    await save(page).click();
    await eventually(async () => assert.equal((await admin.read()).presenceTimeZone, kept));
    await eventually(async () => assert.equal(await zone.inputValue(), kept));
    assert.equal(await problem(zone), "");
  }
});

scenario("what comes along with a copied text goes when the field is left", async (world) => {
  const page = await world.tryOut(await world.service());
  await choose(page, "Sync-Type", SYNC_TYPES.cloudAppOnly);
  await field(page, "Proxy").fill("http://proxy:3128");
  await field(page, "Proxy user").fill("corp");
  const secret = "abc8Q~0123456789abcdefghijklmnopqrstuvwx";
  for (const [label, text] of [
    ["User", "sync@example.com"], ["Client ID", "11111111-2222-3333-4444-555555555555"], ["Tenant ID", "example.com"],
    ["Client Secret", secret], ["Proxy", "http://proxy:3128"], ["Proxy user", "CORP\\sync"], ["Proxy password", "pass word"],
    ["Exchange Web Services URL (skips Autodiscover)", "https://mail.example.com/ews"],
    ["Tentative exceptions (organizer)", "a@example.com, b@example.com"],
  ]) {
    await field(page, label).fill(`\ufeff\u00a0${text}\u200b\u3000`);
    await field(page, label).blur();
    await eventually(async () => assert.equal(await field(page, label).inputValue(), text, label));
    assert.equal(await problem(field(page, label)), "", label);
  }
});
