// The page to try presence notes on.

import init, { parse, PresenceFormatter } from "./presence.js";
import { deviations } from "./deviations.js";

const EXAMPLES = [
  "Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000",
  "Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7",
  "Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7",
  "Busy until 12:30 #busy #until:1514374200000",
  "Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day",
  "Free",
  "Free until 24.12.2017 (Busy: Christmas) #free #until:54321 #whole-day #next-activitybusy #next:29:9:29:2",
  "Sleeping until 22.08.2017 07:00 #Away #len:8  #until:3333333 #until:4444444 #location:home",
];
const LOCALES = "bs ca cs da de en-GB en-US es et eu fi fr hr hu it lv mk nl no pl pt ru sl sr sv th tr ar fa hi ja".split(" ");

const element = (id) => document.getElementById(id);
const [form, note, example, locale, zone, cycle, now] =
  ["form", "note", "example", "locale", "time-zone", "hour-cycle", "now"].map(element);

await init();

example.append(new Option("choose …", ""), ...EXAMPLES.map((text) => new Option(text)));
element("locales").append(...LOCALES.map((text) => new Option(text)));
element("time-zones").append(...Intl.supportedValuesOf("timeZone").map((text) => new Option(text)));
const usual = new Intl.DateTimeFormat().resolvedOptions();
locale.value = usual.locale;
zone.value = usual.timeZone;
now.value = "2017-12-27T09:00";
note.value = EXAMPLES[0];

example.addEventListener("change", () => {
  if (example.value) note.value = example.value;
  show();
});
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();

function show() {
  const parsed = parse(note.value);
  const instant = now.value ? Date.parse(`${now.value}Z`) : Date.now();
  showViewer(instant);
  element("fields").replaceChildren(...fields(parsed).flatMap(([name, value]) => [child("dt", name), child("dd", value)]));
  const found = deviations(note.value);
  const lines = found.length ? found : ["None."];
  element("deviations").replaceChildren(...lines.map((line) => child("li", line)));
  element("everybody").replaceChildren(...LOCALES.map((tag) => row(tag, instant)));
}

function showViewer(instant) {
  element("wrong").textContent = "";
  try {
    const formatter = new PresenceFormatter(options(locale.value));
    element("shown").textContent = formatter.format(note.value, instant);
    const change = formatter.nextChange(note.value, instant);
    element("change").textContent =
      change === undefined ? "Stays as it is." : `Another text from ${time(change)} on.`;
    formatter.free();
  } catch (error) {
    element("shown").textContent = "";
    element("change").textContent = "";
    element("wrong").textContent = error.message;
  }
}

function options(tag) {
  return { locale: tag || undefined, timeZone: zone.value || undefined, hourCycle: cycle.value || undefined };
}

function fields({ text, activity, title, until, wholeDay, next }) {
  return [
    ["text", text],
    ["activity", activity ?? "none: no tags"],
    ["title", title ?? "none"],
    ["until", until === null ? "none" : `${time(until)} (${until})`],
    ["wholeDay", String(wholeDay)],
    ["next", next === null ? "none" : [next.activity, next.title].filter((part) => part !== null).join(": ")],
  ];
}

function row(tag, instant) {
  const line = document.createElement("tr");
  let text;
  try {
    const formatter = new PresenceFormatter(options(tag));
    text = formatter.format(note.value, instant);
    formatter.free();
  } catch (error) {
    text = error.message;
  }
  const head = child("th", tag);
  head.scope = "row";
  const cell = child("td", text);
  cell.lang = tag;
  cell.dir = "auto";
  line.append(head, cell);
  return line;
}

function time(instant) {
  return `${new Date(instant).toISOString().replace("T", " ").replace(/(:00)?\.\d+Z/, "")} UTC`;
}

function child(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
