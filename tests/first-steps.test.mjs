// The first set-up of each Sync-Type from an empty form, by an administrator who knows nothing but what the page says.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, chosen, description, field, focused, problem, save, summary } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { GraphSim, PbxSim } from "./support/stand-ins.mjs";

const MISSING = "Required.";
const CLIENT = "11111111-2222-3333-4444-555555555555";

/** What a field asks for, in the words beside it. */
const ASKED = {
  "Master PBX Name": "Name of the PBX whose connection is used, usually the master. Not its DNS name.",
  "Mailbox for Autodiscover": "E-mail address of any mailbox on this Exchange server. It only shows Autodiscover the way.",
  Password: "Password of the user above in Active Directory. It is stored encrypted.",
  "Client ID": "“Application (client) ID” on the overview page of the app registration.",
  "Tenant ID": "“Directory (tenant) ID” on the same page, or a domain of the tenant.",
  "Client Secret": "The “Value” under “Certificates & secrets”, not the Secret ID. It is stored encrypted.",
};

/** What it asks for where that depends on the Sync-Type. */
const ASKED_FOR = {
  onPremises: { User: "Account with a mailbox and the role ApplicationImpersonation: name@example.com or DOMAIN\\user." },
  cloud: { User: "E-mail address of the account that signs in at Microsoft. It needs a mailbox and the role ApplicationImpersonation." },
  cloudAppOnly: { User: "E-mail address of any mailbox of the tenant. Through it the others are found." },
};

const SECRETS = ["Password", "Client Secret"];
/** The item behind each label. */
const ITEMS = {
  "Master PBX Name": "pbxName", User: "user", "Mailbox for Autodiscover": "discoveryMailbox", Password: "password",
  "Client ID": "clientId", "Tenant ID": "tenantId", "Client Secret": "clientSecret",
};

/** What is entered where the form says that something is missing, in the order in which it says so. */
const TYPES = {
  onPremises: {
    answers: {
      "Master PBX Name": "master", User: "EXAMPLE\\sync", "Mailbox for Autodiscover": "sync@example.com", Password: "s3cret",
    },
    guide: "",
  },
  cloud: {
    answers: { "Master PBX Name": "master", User: "sync@example.com", "Client ID": CLIENT, "Client Secret": "s3cret" },
    guide: "from Exchange Online. Move to Microsoft Graph.",
  },
  cloudAppOnly: {
    answers: {
      "Master PBX Name": "master", User: "sync@example.com", "Client ID": CLIENT, "Tenant ID": "example.com",
      "Client Secret": "s3cret",
    },
    guide: "Until then your tenant must enable Exchange Web Services and list this application:",
  },
};

const button = (page, name) => page.getByRole("button", { name, exact: true });
const status = (page) => page.locator("header .status");

/** Leaves each field that is wrong for the next one, by way of the summary. What was asked for, field by field. */
async function answer(page, answers, type) {
  const asked = [];
  while (await summary(page).count() > 0) {
    const line = await summary(page).first().innerText();
    const label = line.slice(0, line.indexOf(": "));
    assert.ok(label in answers, `nobody knows what this asks for: ${line}`);
    assert.ok(!asked.includes(label), `asked for twice: ${line}`);
    asked.push(label);
    await summary(page).first().click();
    await eventually(async () => {
      const { id, inView } = await focused(page);
      assert.deepEqual({ id, inView }, { id: ITEMS[label], inView: true });
    });
    const control = field(page, label);
    assert.equal(line, `${label}: ${await problem(control)}`);
    assert.equal(await problem(control), MISSING);
    assert.equal(await description(control), `${ASKED_FOR[type]?.[label] ?? ASKED[label]} ${MISSING}`);
    await page.keyboard.type(answers[label]);
    await page.keyboard.press("Tab");
    await eventually(async () => assert.equal(await problem(control), "", label));
  }
  return asked;
}

/** What the form shows once it is saved. */
async function assertSaved(page, type, answers) {
  await page.getByText("Saved.", { exact: true }).waitFor();
  assert.equal(await chosen(page, "Sync-Type"), SYNC_TYPES[type]);
  for (const [label, value] of Object.entries(answers)) {
    const isSecret = SECRETS.includes(label);
    assert.equal(await field(page, label).inputValue(), isSecret ? "" : value, label);
    if (isSecret) await page.getByText("A value is stored and never shown. A new one replaces it.").waitFor();
  }
  // It is no new configuration any more.
  await eventually(async () => assert.equal(await page.getByRole("heading", { name: "First steps" }).count(), 0));
  const count = Object.keys(answers).length + 1;
  await page.getByText(`Last save: ${count} changes`).click();
  const line = ([label, value]) => `${label}: ${SECRETS.includes(label) ? "stored" : `(empty) → ${value}`}`;
  const expected = [...Object.entries(answers).map(line), `Sync-Type: Disabled → ${SYNC_TYPES[type]}`];
  await eventually(async () => {
    const lines = await page.locator(".saved").getByRole("listitem").allInnerTexts();
    assert.deepEqual(lines.toSorted(), expected.toSorted());
  });
}

/** What the service holds then: what was entered, and else what it held before. Secrets are never read. */
function stored(before, type, answers) {
  const after = { ...before, syncType: Object.keys(SYNC_TYPES).indexOf(type) };
  for (const [label, value] of Object.entries(answers)) after[ITEMS[label]] = SECRETS.includes(label) ? "" : value;
  return after;
}

async function assertStored(admin, before, type, answers) {
  assert.deepEqual(await admin.read(), stored(before, type, answers));
  const { ConfigItems } = await admin.request({ mt: "GetConfigItems", api: "Config" });
  const given = ConfigItems.filter(({ passwordSet }) => passwordSet).map(({ name }) => name);
  assert.deepEqual(given, Object.keys(answers).filter((label) => SECRETS.includes(label)).map((label) => ITEMS[label]));
}

for (const [type, { answers, guide }] of Object.entries(TYPES)) {
  scenario(`the first set-up of ${type}`, async (world) => {
    const service = await world.service();
    const admin = await world.client(service);
    const before = await admin.read();
    const page = await world.tryOut(service);
    await eventually(async () => assert.equal(await status(page).innerText(), "Synchronisation is disabled."));
    await button(page, "Exchange Server or EWS").click();
    await eventually(async () => assert.equal((await focused(page))?.id, "syncType"));
    await choose(page, "Sync-Type", SYNC_TYPES[type]);
    assert.equal(await page.locator('[aria-invalid="true"]').count(), 0);
    await save(page).click();
    await summary(page).first().waitFor();
    assert.deepEqual(await answer(page, answers, type), Object.keys(answers));
    await eventually(async () => assert.ok((await page.locator(".guide").innerText()).includes(guide)));
    await save(page).click();
    await assertSaved(page, type, answers);
    await assertStored(admin, before, type, answers);
    await eventually(async () => assert.match(await status(page).innerText(), /Waiting for PBX master/));
  });
}

scenario("the first set-up of graph, with a PBX that waits for it", async (world) => {
  const graph = await world.start(GraphSim.start());
  await graph.do("addUser", { userPrincipalName: `anna@${GraphSim.domain}`, timeZone: "UTC" });
  const service = await world.service({ variables: graph.variables });
  await world.start(PbxSim.start(service, [{ guid: "a".repeat(32), h323: "anna", cn: "Anna", dn: "Anna" }]));
  const admin = await world.client(service);
  const before = await admin.read();
  const page = await world.tryOut(service);
  await eventually(async () => {
    assert.equal(await status(page).innerText(), "Synchronisation is disabled. PBX master is connected.");
  });
  await button(page, "Use master").click();
  assert.equal(await field(page, "Master PBX Name").inputValue(), "master");
  await button(page, "Microsoft Graph (recommended)").click();
  const grant = page.getByText("add the application permission Calendars.Read of Microsoft Graph");
  await grant.waitFor();
  await save(page).click();
  await summary(page).first().waitFor();
  const answers = { "Client ID": graph.client, "Tenant ID": graph.tenant, "Client Secret": GraphSim.secret };
  assert.deepEqual(await answer(page, answers), Object.keys(answers));
  await save(page).click();
  const all = { "Master PBX Name": "master", ...answers };
  await assertSaved(page, "graph", all);
  await assertStored(admin, before, "graph", all);
  await eventually(async () => {
    assert.equal(await status(page).innerText(), "Synchronisation runs for 1 user. PBX master is connected.");
  }, 20_000);
  // What has been done is not asked for any more.
  await eventually(async () => assert.equal(await grant.count(), 0));
});
