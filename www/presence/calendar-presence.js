// <calendar-presence note="…" locale="de" time-zone="Europe/Berlin" hour-cycle="h23">: shows a presence note.

import init, { parse, PresenceFormatter } from "./presence.js";

const OPTIONS = ["locale", "time-zone", "hour-cycle"];
/** The longest time that setTimeout can wait. */
const LONGEST = 2 ** 31 - 1;

/** The elements of the page: the key of its formatter and the instant at which its text changes, for each. */
const elements = new Map();
/** Formatters by their options: elements with the same ones share one. Undefined where the options do not exist. */
const formatters = new Map();

let loaded = false;
let timer;
let settling = false;

class CalendarPresence extends HTMLElement {
  static observedAttributes = ["note", ...OPTIONS];

  connectedCallback() {
    if (elements.size === 0) document.addEventListener("visibilitychange", wake);
    elements.set(this, { key: "", change: Infinity });
    show(this);
  }

  disconnectedCallback() {
    elements.delete(this);
    if (elements.size === 0) document.removeEventListener("visibilitychange", wake);
    settle();
  }

  attributeChangedCallback(_name, before, after) {
    if (before !== after && elements.has(this)) show(this);
  }
}

function show(element, now = Date.now()) {
  if (!loaded) return;
  const note = element.getAttribute("note") ?? "";
  const { activity, text } = parse(note);
  const key = JSON.stringify(OPTIONS.map((name) => element.getAttribute(name) || undefined));
  const formatter = formatterFor(key);
  // Options that do not exist: the text as the service wrote it is right, if in another language and time zone.
  const shown = formatter ? formatter.format(note, now) : text;
  if (element.textContent !== shown) element.textContent = shown;
  if (activity === null) element.removeAttribute("activity");
  else element.setAttribute("activity", activity);
  elements.set(element, { key, change: formatter?.nextChange(note, now) ?? Infinity });
  settle();
}

function formatterFor(key) {
  if (!formatters.has(key)) formatters.set(key, newFormatter(key));
  return formatters.get(key);
}

function newFormatter(key) {
  const [locale, timeZone, hourCycle] = JSON.parse(key).map((option) => option ?? undefined);
  try {
    return new PresenceFormatter({ locale, timeZone, hourCycle });
  } catch (error) {
    console.warn("calendar-presence:", error.message);
    return undefined;
  }
}

/** Once after all changes of a task: drops formatters that nobody uses and sets the timer of the page. */
function settle() {
  if (settling) return;
  settling = true;
  queueMicrotask(() => {
    settling = false;
    const used = new Set();
    let next = Infinity;
    for (const { key, change } of elements.values()) {
      used.add(key);
      next = Math.min(next, change);
    }
    for (const [key, formatter] of formatters) {
      if (used.has(key)) continue;
      formatters.delete(key);
      formatter?.free();
    }
    setTimer(next);
  });
}

function setTimer(next) {
  clearTimeout(timer);
  timer = undefined;
  if (document.hidden || next === Infinity) return;
  timer = setTimeout(wake, Math.min(Math.max(next - Date.now(), 0), LONGEST));
}

/** When the timer ends, or the tab is hidden or returns: shows again what has changed. */
function wake() {
  const now = Date.now();
  if (!document.hidden) {
    for (const [element, { change }] of elements) {
      if (change <= now) show(element, now);
    }
  }
  settle();
}

async function load() {
  // A page that calls init with an address of its own does so now, before this line goes on.
  await undefined;
  try {
    await init();
  } catch (error) {
    console.error("calendar-presence:", error);
    return;
  }
  loaded = true;
  for (const element of elements.keys()) show(element);
}

if (!customElements.get("calendar-presence")) {
  customElements.define("calendar-presence", CalendarPresence);
  load();
}
