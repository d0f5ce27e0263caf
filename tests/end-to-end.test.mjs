// The whole way over real sockets: settings saved in the browser, appointments in a stand-in of Microsoft Graph, notes
// at a stand-in of the PBX, character by character.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, field, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { GraphSim, PbxSim } from "./support/stand-ins.mjs";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many hours clocks are behind UTC where it is about noon, so that no appointment here ends on another day. */
const BEHIND = new Date().getUTCHours() - 11;
/** A zone in which it is so; the names have their sign the other way round. */
const NOON = BEHIND === 0 ? "Etc/GMT" : `Etc/GMT${BEHIND > 0 ? "+" : ""}${BEHIND}`;

/** Now, in whole seconds: calendars have no others. */
const now = () => Math.floor(Date.now() / 1000) * 1000;
const instant = (time) => new Date(time).toISOString();
const date = (time) => instant(time).slice(0, 10);
/** How clocks at noon show it. */
const clock = (time) => instant(time - BEHIND * HOUR).slice(11, 16);
/** The note of a busy appointment with this ASCII title. */
const busy = (title, end) => `${title} until ${clock(end)} #busy #len:${title.length}:${title.length} #until:${end}`;

const ANNA = { guid: "a".repeat(32), h323: "anna", cn: "Anna", dn: "Anna" };
const BERT = { guid: "b".repeat(32), h323: "bert", cn: "Bert", dn: "Bert", emails: ["bert.braun@contoso.example"] };

/** Fills the form with what reads the calendars of `graph`, and saves. */
async function configure(page, graph) {
  await field(page, "Master PBX Name").fill("master");
  await field(page, "Subject").check();
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Client ID").fill(graph.client);
  await field(page, "Tenant ID").fill(graph.tenant);
  await field(page, "Client Secret").fill(GraphSim.secret);
  await save(page).click();
}

/** Graph with the mailboxes of Anna and Bert, a service that has never been configured, its PBX, and its page. */
async function company(world) {
  const graph = await world.start(GraphSim.start());
  for (const name of ["anna", "bert.braun"]) {
    await graph.do("addUser", { userPrincipalName: `${name}@${GraphSim.domain}`, timeZone: "UTC" });
  }
  const service = await world.service({ variables: graph.variables });
  const admin = await world.client(service);
  await admin.write({ presenceTimeZone: NOON });
  const pbx = await world.start(PbxSim.start(service, [ANNA, BERT]));
  const page = await world.tryOut(service, { timezoneId: NOON });
  return { graph, admin, pbx, page };
}

/** What somebody does to Anna's calendar, and what the PBX and the page then show of her. */
class Anna {
  constructor({ graph, admin, pbx, page }) {
    Object.assign(this, { graph, admin, pbx });
    this.line = page.locator("#colleagues").getByRole("listitem").filter({ hasText: "Anna" }).locator("calendar-presence");
  }

  /** Does it, and has her mailbox read: the service would do so within a minute. */
  async do(command, body) {
    const { id } = await this.graph.do(command, { user: `anna@${GraphSim.domain}`, ...body });
    await this.admin.request({ mt: "Resync", api: "Calendar", guid: ANNA.guid });
    return id;
  }

  /** `text`: the note as a viewer in its zone reads it, without what is for programs. */
  async shows(activity, note, text = note.replace(/ #.*/, "")) {
    await eventually(() => assert.deepEqual(this.pbx.presences.get("anna"), { activity, note }));
    await eventually(async () => assert.equal(await this.line.innerText(), text));
  }
}

scenario("what is saved in the form brings appointments to the PBX", async (world) => {
  const { graph, admin, pbx, page } = await company(world);
  await configure(page, graph);
  await eventually(async () => {
    const { sync, users, matched } = await admin.request({ mt: "GetStatus", api: "Calendar" });
    assert.deepEqual({ sync, users, matched }, { sync: "running", users: 2, matched: 2 });
  });
  const anna = new Anna({ graph, admin, pbx, page });
  await anna.shows("", "Free");

  const begin = now() - HOUR;
  const end = now() + 30 * MINUTE;
  // Nobody asks for this one to be read.
  const visit = { subject: "Visit", start: instant(begin), end: instant(end) };
  await graph.do("add", { user: `bert.braun@${GraphSim.domain}`, ...visit });

  const meeting = await anna.do("add", { subject: "Meeting", start: instant(begin), end: instant(end) });
  await anna.shows("busy", busy("Meeting", end));
  const later = end + 15 * MINUTE;
  await anna.do("change", { id: meeting, start: instant(begin), end: instant(later) });
  await anna.shows("busy", busy("Meeting", later));
  await anna.do("change", { id: meeting, sensitivity: "private" });
  await anna.shows("busy", busy("Private", later));
  await anna.do("change", { id: meeting, cancelled: true });
  await anna.shows("", "Free");

  const weekly = { subject: "Jour fixe ☕", start: instant(begin - 14 * DAY), end: instant(end - 14 * DAY) };
  const series = await anna.do("addSeries", weekly);
  await anna.shows("busy", `Jour fixe ☕ until ${clock(end)} #busy #len:11:13 #until:${end}`);
  await anna.do("change", { id: series, occurrence: date(begin), subject: "Only today" });
  await anna.shows("busy", busy("Only today", end));
  await anna.do("delete", { id: series });
  await anna.shows("", "Free");

  const [today, tomorrow] = [date(now()), date(now() + DAY)];
  const midnight = Date.parse(tomorrow);
  await anna.do("add", { subject: "Vacation", start: today, end: tomorrow, showAs: "oof" });
  const written = tomorrow.split("-").reverse().join("/");
  await anna.shows("away", `Vacation until ${written} #away #len:8:8 #until:${midnight} #whole-day`);

  // Sixty seconds are promised for what nobody asks for.
  await eventually(() => {
    assert.deepEqual(pbx.presences.get("bert"), { activity: "busy", note: busy("Visit", end) });
  }, 60_000);
  assert.deepEqual(pbx.refused, []);
}, { timeout: 120_000 });
