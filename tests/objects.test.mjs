// App objects: created, renamed, repaired and deleted in the PBX of the demo.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { discard, field, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

/** The section, and what one does in it. */
class Objects {
  constructor(page, name = "App objects") {
    this.page = page;
    this.section = page.getByRole("region", { name });
  }

  static async open(world, options) {
    const page = await world.tryOut(await world.service({ demo: true }), options);
    const objects = new Objects(page);
    await objects.show();
    await objects.button("Edit", "Calendar").waitFor();
    return objects;
  }

  /** Opens what is loaded on demand. */
  show() {
    return this.section.getByRole("button", { name: "Create and check App objects" }).click();
  }

  button(verb, object) {
    return this.section.getByRole("button", { name: `${verb} (${object})`, exact: true });
  }

  press(verb, object) {
    return this.button(verb, object).click();
  }

  template(name) {
    return this.section.getByRole("checkbox", { name: new RegExp(`^${name}`) });
  }

  name() {
    return this.section.getByLabel("Name", { exact: true });
  }

  sip() {
    return this.section.getByLabel("SIP name", { exact: true });
  }

  /** Waits until the section says so. */
  async says(text) {
    const status = this.section.locator(".objects").getByRole("status");
    await eventually(async () => assert.equal(await status.innerText(), text));
  }

  /** Waits until the row of an object says so. */
  async row(object, health) {
    const row = this.section.locator(".field").filter({ has: this.page.getByRole("heading", { name: object, exact: true }) });
    await eventually(async () => assert.match(await row.locator(".status").innerText(), health));
  }

  /** Fails the next message of this name on its way to the PBX. */
  async fail(mt) {
    let isDone = false;
    await this.page.route("**/try-out/pbx", (route) => {
      if (isDone || route.request().postDataJSON().mt !== mt) return route.fallback();
      isDone = true;
      return route.fulfill({ json: { mt: `${mt}Result`, error: 1, errorText: "no room" } });
    });
  }

  /** Asks the PBX of the demo. */
  ask(message) {
    return this.page.evaluate(async (body) => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch("/try-out/pbx", { method: "POST", headers, body: JSON.stringify(body) });
      return response.json();
    }, { api: "PbxAdminApi", ...message });
  }

  async apps(template) {
    return (await this.ask({ mt: "GetObject", cn: template })).apps;
  }
}

scenario("Calendar Admin is created, renamed and deleted, and the templates follow", async (world) => {
  const objects = await Objects.open(world);
  await objects.row("Calendar", /^✓ Works$/);
  await objects.row("Calendar Admin", /^Not created yet$/);

  await objects.press("Create", "Calendar Admin");
  assert.deepEqual([await objects.name().inputValue(), await objects.sip().inputValue()], ["Calendar Admin", "calendar-admin"]);
  await objects.template("Config Admin").check();
  await objects.press("Create", "Calendar Admin");
  await objects.says("“Calendar Admin” was created.");
  await objects.row("Calendar Admin", /^✓ Works$/);
  assert.equal(await objects.apps("Config Admin"), "pbxmanager,users,calendar-admin");

  await objects.press("Edit", "Calendar Admin");
  assert.ok(await objects.template("Config Admin").isChecked());
  await objects.name().fill("Kalender");
  await objects.sip().fill("kalender");
  await objects.template("Config User").check();
  await objects.press("Apply", "Calendar Admin");
  await objects.says("“Kalender” was changed.");
  await objects.row("Kalender", /^✓ Works$/);
  assert.equal(await objects.apps("Config Admin"), "pbxmanager,users,kalender");
  assert.equal(await objects.apps("Config User"), "phone,chat,kalender");

  await objects.press("Delete", "Kalender");
  await objects.section.getByText("Delete “Kalender” from the PBX and from all templates?").waitFor();
  await objects.press("Cancel", "Kalender");
  await objects.press("Delete", "Kalender");
  await objects.press("Delete", "Kalender");
  await objects.says("“Kalender” was deleted.");
  await objects.row("Calendar Admin", /^Not created yet$/);
  assert.equal(await objects.apps("Config Admin"), "pbxmanager,users");
  assert.equal(await objects.apps("Config User"), "phone,chat");
});

scenario("without its object the PBX is not connected, and with a new one it is again", async (world) => {
  const objects = await Objects.open(world);
  const status = objects.page.locator("header .status");
  const says = (text) => eventually(async () => assert.match(await status.innerText(), text));
  await says(/PBX “?demo”? is connected|demo/);
  await objects.press("Delete", "Calendar");
  await objects.press("Delete", "Calendar");
  await objects.says("“Calendar” was deleted.");
  await objects.row("Calendar", /^Not created yet$/);

  await objects.press("Create", "Calendar");
  await objects.press("Create", "Calendar");
  await objects.says("“Calendar” was created.");
  // The service has the new password, and the PBX connects with it.
  await objects.row("Calendar", /^✓ Works$/);
});

scenario("an object whose password the service did not get is repaired", async (world) => {
  const objects = await Objects.open(world);
  await objects.press("Delete", "Calendar");
  await objects.press("Delete", "Calendar");
  await objects.says("“Calendar” was deleted.");
  await objects.fail("SetInstancePassword");
  await objects.press("Create", "Calendar");
  await objects.press("Create", "Calendar");
  await objects.says("The App Platform refuses: no room. "
    + "The object is in the PBX, but the service did not receive its password. Repair the object.");
  await objects.row("Calendar", /^The service does not accept its password\. Repair it\.$/);
  await assertAccessible(objects.page);
  await objects.press("Repair", "Calendar");
  await objects.says("“Calendar” was repaired.");
  await objects.row("Calendar", /^✓ Works$/);
  assert.ok(await objects.button("Repair", "Calendar").isHidden());
});

scenario("what the PBX refuses is told, and what was typed stays", async (world) => {
  const objects = await Objects.open(world);
  await objects.press("Create", "Calendar Admin");
  await objects.sip().fill("calendar");
  await objects.press("Create", "Calendar Admin");
  await objects.says("The PBX refuses: another object has the h323 \"calendar\". The object was not changed.");
  assert.equal(await objects.sip().inputValue(), "calendar");
  await objects.sip().fill(" ");
  await objects.press("Create", "Calendar Admin");
  await objects.says("Give the object a name and a SIP name.");
  await objects.sip().fill("admin");
  await objects.template("Config Admin").check();
  await objects.page.route("**/try-out/pbx", (route) => {
    const { cn, mt } = route.request().postDataJSON();
    if (mt !== "UpdateObject" || cn !== "Config Admin") return route.fallback();
    return route.fulfill({ json: { mt: "UpdateObjectResult", error: 1, errorText: "locked" } });
  });
  await objects.press("Create", "Calendar Admin");
  await objects.says("The PBX refuses: locked. "
    + "The object is in the PBX, but not every template was changed. Apply again.");
  await objects.page.unroute("**/try-out/pbx");
  await objects.press("Apply", "Calendar Admin");
  await objects.says("“Calendar Admin” was changed.");
  assert.equal(await objects.apps("Config Admin"), "pbxmanager,users,admin");
});

scenario("all of it by keyboard", async (world) => {
  const objects = await Objects.open(world);
  const { page } = objects;
  const focus = () => page.evaluate(() => {
    let { activeElement } = document;
    while (activeElement?.shadowRoot) ({ activeElement } = activeElement.shadowRoot);
    return activeElement?.textContent || activeElement?.id;
  });
  const focused = (name) => eventually(async () => assert.equal(await focus(), name));
  await objects.button("Create", "Calendar Admin").focus();
  await page.keyboard.press("Enter");
  await focused("object-name");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Overview");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  // Enter in a field writes the object, not the settings.
  await page.keyboard.press("Enter");
  await objects.says("“Overview” was created.");
  await focused("Edit (Overview)");
  assert.equal(await page.getByText("No unsaved changes").count(), 1);
  assert.equal(await objects.apps("Config Admin"), "pbxmanager,users,calendar-admin");

  await page.keyboard.press("Enter");
  await focused("object-name");
  await page.keyboard.press("Escape");
  await focused("Edit (Overview)");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await focused("Delete (Overview)");
  await page.keyboard.press("Enter");
  await objects.says("“Overview” was deleted.");
  await focused("Create (Calendar Admin)");
});

scenario("without a PBX the addresses are shown", async (world) => {
  const service = await world.service();
  const page = await world.tryOut(service);
  const objects = new Objects(page);
  await objects.show();
  const { section } = objects;
  await section.getByText("App objects cannot be created from a browser").waitFor();
  const addresses = await section.locator("code").allInnerTexts();
  assert.deepEqual(addresses, ["calendar", "calendaradmin", "my"].map((app) => `${service.url}plugin/pbxcalendar-${app}`));
});

for (const colorScheme of ["light", "dark"]) {
  scenario(`without a PBX everything to be entered there is shown, to be copied, ${colorScheme}`, async (world) => {
    const service = await world.service();
    const page = await world.tryOut(service, { colorScheme, permissions: ["clipboard-read", "clipboard-write"] });
    await new Objects(page).show();
    const calendar = page.getByRole("region", { name: "Calendar", exact: true });
    const values = () => calendar.locator("dl").evaluate((list) => Object.fromEntries(
      [...list.querySelectorAll("dt")].map((name) => [name.textContent, name.nextElementSibling.firstElementChild?.textContent
        ?? name.nextElementSibling.textContent])));
    assert.deepEqual(await values(), {
      Name: "Calendar", "SIP name": "calendar", URL: `${service.url}plugin/pbxcalendar-calendar`,
      Password: "The instance password of the service, as “pbx-calendar set-password” has set it",
      Checkmarks: "Websocket", APIs: "PbxApi, PbxTableUsers",
    });
    for (const [name, value] of [["Name", "Calendar"], ["SIP name", "calendar"], ["URL", `${service.url}plugin/pbxcalendar-calendar`]]) {
      await calendar.getByRole("button", { name: `Copy ${name}`, exact: true }).click();
      await calendar.getByRole("button", { name: "Copied", exact: true }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), value);
    }
    const admin = page.getByRole("region", { name: "Calendar Admin", exact: true });
    assert.equal(await admin.getByText("none", { exact: true }).count(), 2);
    await assertAccessible(page);
  });
}

scenario("no other control is called as an item or as the two buttons are", async (world) => {
  const objects = await Objects.open(world, { locale: "en-GB" });
  await objects.ask({ mt: "UpdateObject", cn: "Busy", h323: "Busy", pseudo: { type: "config" } });
  await objects.press("Create", "Calendar Admin");
  await objects.name().waitFor();
  assert.equal(await field(objects.page, "Busy").count(), 1);
  assert.equal(await save(objects.page).count(), 1);
  assert.equal(await discard(objects.page).count(), 1);
});

for (const colorScheme of ["light", "dark"]) {
  scenario(`axe finds nothing in any state, ${colorScheme}`, async (world) => {
    const objects = await Objects.open(world, { colorScheme });
    await assertAccessible(objects.page);
    await objects.press("Create", "Calendar Admin");
    await objects.name().waitFor();
    await assertAccessible(objects.page);
    await objects.press("Create", "Calendar Admin");
    await objects.says("“Calendar Admin” was created.");
    await objects.press("Delete", "Calendar Admin");
    await objects.button("Cancel", "Calendar Admin").waitFor();
    await assertAccessible(objects.page);
  });
}
