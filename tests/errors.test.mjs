// Every error of the settings once: beside its field and in the summary, in words that say what to do, not before the
// field was left, and gone when it is right.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, description, discard, field, isInvalid, problem, ready, save, summary } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const { onPremises, cloud, cloudAppOnly, graph } = SYNC_TYPES;
const CLIENT = "11111111-2222-3333-4444-555555555555";

/** Longer than the form waits until it says what is wrong with a field that was left, in milliseconds. */
const LEFT = 250;

const MISSING = "Required.";
const NAME = "Enter the name of the PBX alone, without dots, slashes, colons and blanks.";
const ZONE = "There is no such time zone. Choose one from the list, such as Europe/Berlin.";
const DUPLICATE = "An entry is in both lists. Remove it from one of them.";
const USER = "Enter an e-mail address; on-premises also DOMAIN\\user.";
const EMAIL = "Enter an e-mail address, such as name@example.com.";
const HTTPS = "Enter an address that begins with https://.";
const PATH = "Enter the address only up to the name of the server, without a path.";
const RANGE = "Enter a whole number from 1 to 200.";
const GUID = "An ID looks like 1b4e28ba-2fa1-…; copy it from the overview page.";
const TENANT = "Copy the ID from the overview page (1b4e28ba-2fa1-…), or enter a domain such as example.com.";
const PEM = "Paste the certificate from BEGIN CERTIFICATE to END CERTIFICATE, without a private key.";
const URL = "Enter the proxy as http://server:port, without a path; user and password have fields of their own.";

/** Sync-Type, field, what is wrong, what the form says, what is right. In the order of the form for each type. */
const WRONG = [
  [onPremises, "Master PBX Name", "pbx.example.com", NAME, "pbx"],
  [onPremises, "Presence timezone", "Europe/Nowhere", ZONE, "Europe/Berlin"],
  [onPremises, "User", "nobody", USER, "EXAMPLE\\sync"],
  [onPremises, "Mailbox for Autodiscover", "EXAMPLE\\sync", EMAIL, "sync@example.com"],
  [onPremises, "Password", "", MISSING, "s3cret"],
  [onPremises, "Autodiscover URL", "http://mail.example.com", HTTPS, "https://mail.example.com"],
  [onPremises, "Max subscriptions per connection", "201", RANGE, "200"],
  [onPremises, "Certificate authority (PEM)", "-----BEGIN PRIVATE KEY-----", PEM, ""],
  [onPremises, "Proxy", "http://user:password@proxy:3128", URL, "http://proxy:3128"],
  [onPremises, "Tentative exceptions (organizer)", "hr@example.com; boss", EMAIL, "hr@example.com; boss@example.com"],
  [cloud, "Master PBX Name", "", MISSING, "pbx"],
  // The account of a Windows domain is one on-premises only.
  [cloud, "User", "EXAMPLE\\sync", USER, "sync@example.com"],
  [cloud, "Autodiscover URL", "https://mail.example.com/owa", PATH, "https://mail.example.com/autodiscover/autodiscover.xml"],
  [cloud, "Max subscriptions per connection", "many", RANGE, "1"],
  [cloudAppOnly, "Exchange Web Services URL (skips Autodiscover)", "ftp://mail.example.com", HTTPS, "mail.example.com"],
  [cloudAppOnly, "Client Secret", "", MISSING, "s3cret"],
  [graph, "Prioritized appointments must not contain in title", 'home, "HOLIDAY"', DUPLICATE, "home"],
  [graph, "Client ID", "1234", GUID, CLIENT],
  [graph, "Tenant ID", "My tenant", TENANT, "example.com"],
  [graph, "Client Secret", "", MISSING, "s3cret"],
];

const shown = (page, label, expected) => eventually(async () => {
  assert.equal(await problem(field(page, label)), expected, label);
});

scenario("each error stands at its field once that was left, and in the summary once a save was tried", async (world) => {
  const service = await world.service();
  const page = await world.tryOut(service);
  for (const type of [onPremises, cloud, cloudAppOnly, graph]) {
    const wrong = WRONG.filter(([of]) => of === type);
    await choose(page, "Sync-Type", type);
    await field(page, "Prioritized appointments need to contain in title").fill("Holiday");
    for (const [, label, input, words] of wrong) {
      const control = field(page, label);
      await control.fill(input);
      // Another window is looked at, for instance to copy the value: the field is not left for good.
      await control.dispatchEvent("focusout");
      await page.waitForTimeout(LEFT);
      assert.equal(await problem(control), "", `${label} while it is typed`);
      await control.blur();
      await shown(page, label, words);
      assert.equal(await isInvalid(control), true, label);
      assert.ok((await description(control)).endsWith(words), label);
    }
    assert.equal(await summary(page).count(), 0);

    await save(page).click();
    await summary(page).first().waitFor();
    const lines = await summary(page).allInnerTexts();
    for (const [, label, , words] of wrong) assert.ok(lines.includes(`${label}: ${words}`), `${label} in ${lines}`);

    for (const [, label, , words, right] of wrong) {
      await page.getByRole("button", { name: `${label}: ${words}`, exact: true }).click();
      await eventually(async () => assert.equal(await field(page, label).evaluate((control) => control.matches(":focus")), true, label));
      await page.keyboard.press("Control+a");
      await (right ? page.keyboard.insertText(right) : page.keyboard.press("Delete"));
      await page.keyboard.press("Tab");
      await shown(page, label, "");
      assert.equal(await isInvalid(field(page, label)), false, label);
    }
    const left = await summary(page).allInnerTexts();
    for (const [, label] of wrong) assert.ok(!left.some((line) => line.startsWith(`${label}: `)), `${label} in ${left}`);
    await save(page).focus();
    await page.waitForTimeout(LEFT);
    await discard(page).click();
    assert.equal(await summary(page).count(), 0);
  }
});

/** What the service alone finds: no field of this form holds such values. */
const FOREIGN = [
  [{ mapBusy: "busy" }, "mapBusy", "type"],
  [{ mapBusy: 5 }, "mapBusy", "choice"],
  [{ redirectUri: "https://example.com" }, "redirectUri", "readOnly"],
  [{ colour: "blue" }, "colour", "unknownItem"],
  // Decrypted, these are as good as random bytes: no text.
  [{ clientSecret: { value: "00".repeat(64), key: "no such key" } }, "clientSecret", "encryption"],
];

/** What the form would say of them, had a newer or older service found them: a field that is shown, code, words. */
const REFUSED = [
  ["pbxName", "type", "The service does not accept this kind of value. Is this form older than the service?"],
  ["mapBusy", "choice", "The service does not know this choice. Is it older than this form?"],
  ["presenceTimeZone", "readOnly", "The service fills this in; it cannot be changed here."],
  ["showSubject", "unknownItem", "The service does not know this setting. Is it older than this form?"],
  ["clientSecret", "insecure", "The service accepts passwords only over a secure connection. Open the PBX Manager with https."],
  ["clientSecret", "encryption", "The password arrived damaged. Reload this page and enter it again."],
  ["clientSecret", "secretAgain", "Your change decides where this is sent. Enter it again, so that nobody can redirect a stored one."],
];

scenario("what only the service can find wrong is told at its field too, or by its name", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  for (const [items, item, error] of FOREIGN) {
    const reply = await admin.request({ mt: "WriteConfig", api: "Config", ConfigItems: items });
    assert.deepEqual([reply.result, reply.errors], ["failed", [{ item, error }]]);
  }

  const page = await world.page();
  let errors;
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => {
      const message = JSON.parse(text);
      const isRefused = errors && message.mt === "WriteConfigResult";
      socket.send(isRefused ? JSON.stringify({ ...message, result: "failed", errors }) : text);
    });
  });
  await service.enter(page);
  await ready(page);
  await choose(page, "Sync-Type", graph);
  await field(page, "Client ID").fill(CLIENT);
  await field(page, "Tenant ID").fill("example.com");
  await field(page, "Client Secret").fill("s3cret");
  for (const [item, error, words] of REFUSED) {
    errors = [{ item, error }];
    await field(page, "Master PBX Name").fill(`pbx-${error}`);
    await save(page).click();
    const control = page.locator(`#${item}`);
    await eventually(async () => assert.equal(await problem(control), words));
    assert.equal(await isInvalid(control), true, item);
    assert.equal(await summary(page).count(), 1);
    await summary(page).click();
    await eventually(async () => assert.equal(await control.evaluate((element) => element.matches(":focus, :focus-within")), true, item));
    await discard(page).click();
    await choose(page, "Sync-Type", graph);
    await field(page, "Client ID").fill(CLIENT);
    await field(page, "Tenant ID").fill("example.com");
    await field(page, "Client Secret").fill("s3cret");
  }
  errors = [{ item: "colour", error: "unknownItem" }];
  await field(page, "Master PBX Name").fill("pbx");
  await save(page).click();
  await page.getByText("Not saved: the service does not accept “colour”. Is this form older than the service?").waitFor();
});
