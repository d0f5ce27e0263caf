// The form by keyboard alone: a first set-up of Microsoft Graph, a change, and the way back. After each key the focus is
// somewhere, one sees where, and nothing covers it.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { field, focused, problem } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const CLIENT = "11111111-2222-3333-4444-555555555555";
const TENANT = "99999999-2222-3333-4444-555555555555";
/** So many times the tabulator key is pressed in search of something. */
const FAR = 90;

class Keyboard {
  constructor(page) {
    this.page = page;
  }

  /** Presses keys, and looks after each where the focus is. */
  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.assertFocus(key);
    }
  }

  async assertFocus(after) {
    await eventually(async () => {
      const focus = await focused(this.page);
      assert.ok(focus, `nothing has the focus after ${after}`);
      assert.ok(focus.outlined, `one does not see the focus at ${JSON.stringify(focus)} after ${after}`);
      assert.ok(focus.inView, `the focus is out of view at ${JSON.stringify(focus)} after ${after}`);
    }, 2_000);
  }

  async type(text) {
    await this.page.keyboard.type(text);
    await this.assertFocus("typing");
  }

  /** Goes on, or back, until the focus is where `name` says: an id or what a screen reader would say. */
  async goTo(name, key = "Tab") {
    const passed = [];
    for (let count = 0; count < FAR; count += 1) {
      await this.press(key);
      const focus = await focused(this.page);
      if (focus.id === name || focus.name === name || (name instanceof RegExp && name.test(focus.name))) return;
      passed.push(focus.id || focus.name);
    }
    assert.fail(`${name} is not reached with ${key}: ${passed.join(", ")}`);
  }

  /** Waits until the form itself has moved the focus. */
  async isAt(name) {
    await eventually(async () => {
      const focus = await focused(this.page);
      assert.ok(focus?.id === name || focus?.name === name, `${name}: ${JSON.stringify(focus)}`);
    });
    await this.assertFocus("the form has moved it");
  }
}

scenario("a set-up, a change and its undo, without a mouse", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  const page = await world.tryOut(service, { viewport: { width: 1300, height: 800 }, timezoneId: "Europe/Berlin" });
  const keys = new Keyboard(page);
  const value = (label) => field(page, label).inputValue();

  await keys.goTo("Microsoft Graph (recommended)");
  await keys.press("Space");
  await keys.goTo("No: “Busy until 12:30”");
  await keys.press("Enter");
  await keys.goTo("pbxName");
  await keys.type("pbx.example.com");

  // The list of zones is searched.
  await keys.goTo("presenceTimeZone");
  await keys.press("Control+a");
  await keys.type("berl");
  await keys.press("ArrowDown", "Enter");
  assert.equal(await value("Presence timezone"), "Europe/Berlin");
  await keys.press("ArrowDown", "Escape");
  assert.equal(await value("Presence timezone"), "Europe/Berlin");

  // Keywords become chips; one is made a whole word, one is taken out, one comes in.
  await keys.goTo("priorityWords");
  await keys.type("holiday, on, sick");
  await keys.goTo("Only as a whole word: on");
  await keys.press("Space");
  await keys.isAt("priorityWords");
  assert.equal(await value("Prioritized appointments need to contain in title"), 'holiday, "on", sick');
  await keys.goTo("Remove: sick");
  await keys.press("Enter");
  await keys.isAt("priorityWords");
  await keys.press("End", "Enter");
  await keys.type("leave");
  assert.equal(await value("Prioritized appointments need to contain in title"), 'holiday, "on", leave');
  await keys.goTo("try-title");
  await keys.type("Summer holidays");
  await page.getByText("Higher priority: contains “holiday”.").waitFor();

  // Client and tenant in each other's place, as their names tell.
  await keys.goTo("clientId");
  await keys.type(`Directory (tenant) ID: ${TENANT}`);
  await keys.goTo("tenantId");
  await keys.type(`Application (client) ID: ${CLIENT}`);
  await keys.press("Tab");
  await page.getByText("Client ID and Tenant ID seem to be swapped.").first().waitFor();
  await keys.goTo("Swap the two IDs", "Shift+Tab");
  await keys.press("Enter");
  await keys.isAt("clientId");
  assert.deepEqual([await value("Client ID"), await value("Tenant ID")], [CLIENT, TENANT]);

  // An explanation is opened and closed.
  await keys.goTo("More about this (Client ID)");
  await keys.press("Enter");
  await page.getByText("Not the Object ID two lines below.").waitFor();
  await keys.press("Enter");

  await keys.goTo("clientSecret");
  await keys.type("first secret");
  await keys.goTo("Busy: Busy");
  await keys.press("ArrowRight");
  await keys.isAt("Busy: Away");

  // Enter saves in no field. The name of the PBX is wrong: a save says so and goes there; from the summary one comes there too.
  await keys.press("Enter");
  await keys.isAt("Busy: Away");
  await keys.press("Control+s");
  await keys.isAt("pbxName");
  assert.match(await problem(field(page, "Master PBX Name")), /^Enter the name of the PBX alone/);
  await keys.goTo(/^Master PBX Name: Enter the name of the PBX alone/);
  await keys.press("Enter");
  await keys.isAt("pbxName");
  await keys.press("Control+a");
  await keys.type("master");
  await keys.press("Control+s");
  await page.getByText("Saved.", { exact: true }).waitFor();
  await keys.assertFocus("saving");
  const { pbxName, presenceTimeZone, priorityWords, syncType, clientId, tenantId, mapBusy } = await admin.read();
  assert.deepEqual(
    { pbxName, presenceTimeZone, priorityWords, syncType, clientId, tenantId, mapBusy },
    {
      pbxName: "master", presenceTimeZone: "Europe/Berlin", priorityWords: 'holiday, "on", leave', syncType: 4,
      clientId: CLIENT, tenantId: TENANT, mapBusy: 2,
    },
  );

  // The secret is replaced, and a presence back in its place; undone, but for the secret.
  await keys.goTo("clientSecret");
  await keys.type("second secret");
  await keys.goTo("Busy: Away");
  await keys.press("ArrowLeft");
  await keys.press("Control+s");
  await page.getByText("Last save: 2 changes").waitFor();
  await keys.goTo("Last save: 2 changes");
  await keys.press("Enter");
  await page.getByText("Client Secret: replaced").waitFor();
  await keys.goTo("Revert last save");
  await keys.press("Enter");
  await page.getByText("Reverted. Passwords and secrets cannot be restored").waitFor();
  await keys.isAt("save");
  assert.equal((await admin.read()).mapBusy, 2);

  // Somebody else changes what was changed here: the choice is made where the conflict is.
  await keys.goTo("pbxName", "Shift+Tab");
  await keys.press("End");
  await keys.type("2");
  await admin.write({ pbxName: "theirs" });
  await page.getByText("Meanwhile somebody else has saved: theirs").waitFor();
  await keys.goTo("Keep mine (Master PBX Name)");
  await keys.press("Enter");
  await keys.isAt("pbxName");
  await keys.press("Control+s");
  await eventually(async () => assert.equal((await admin.read()).pbxName, "master2"));

  // Something is typed and taken back.
  await keys.press("End");
  await keys.type("3");
  await keys.goTo("Discard");
  await keys.press("Space");
  assert.equal(await value("Master PBX Name"), "master2");
}, { timeout: 120_000 });
