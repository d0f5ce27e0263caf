// <calendar-presence note="…" locale="de" time-zone="Europe/Berlin" hour-cycle="h23">: shows a presence note.

const OPTIONS = ["locale", "time-zone", "hour-cycle"];
/** For reading notes without the module: blanks, tags of an activity, escaped words. */
const BLANKS = /([\t-\r \u00a0]+)/;
const ACTIVITY = /^#(?:free|busy|away|dnd)$/i;
const ESCAPED = /^##+(?:(?:free|busy|away|dnd|whole-day)$|len|until|next)/i;
/** The longest time that setTimeout can wait. */
const LONGEST = 2 ** 31 - 1;

/** The elements of the page: the key of its formatter and the instant at which its text changes, for each. */
const elements = new Map();
/** Formatters by their options: elements with the same ones share one. Undefined where the options do not exist. */
const formatters = new Map();

/** What presence.js exports; `false` once it is known that it cannot be loaded, undefined until then. */
let presence;
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
  if (presence === undefined) return;
  const note = element.getAttribute("note") ?? "";
  if (!presence) return put(element, read(note));
  const { activity, text } = presence.parse(note);
  const key = JSON.stringify(OPTIONS.map((name) => element.getAttribute(name) || undefined));
  const formatter = formatterFor(key);
  // Options that do not exist: the text as the service wrote it is right, if in another language and time zone.
  put(element, { activity, text: formatter ? formatter.format(note, now) : text });
  elements.set(element, { key, change: formatter?.nextChange(note, now) ?? Infinity });
  settle();
}

/** What `parse` of the module gives as `text` and `activity`. */
function read(note) {
  // Words stand at even places, the blanks between them at odd ones.
  const words = note.split(BLANKS);
  let tags = words.length;
  for (let i = tags - (words.at(-1) ? 1 : 3); words[i]?.startsWith("#"); i -= 2) {
    if (ACTIVITY.test(words[i])) tags = i;
  }
  const text = words.slice(0, tags).map((word) => (ESCAPED.test(word) ? word.slice(1) : word));
  while (text.length && (text.length % 2 === 0 || text.at(-1) === "")) text.pop();
  return { text: text.join(""), activity: words[tags]?.slice(1).toLowerCase() ?? null };
}

function put(element, { activity, text }) {
  if (element.textContent !== text) element.textContent = text;
  if (activity === null) element.removeAttribute("activity");
  else element.setAttribute("activity", activity);
}

function formatterFor(key) {
  if (!formatters.has(key)) formatters.set(key, newFormatter(key));
  return formatters.get(key);
}

function newFormatter(key) {
  const [locale, timeZone, hourCycle] = JSON.parse(key).map((option) => option ?? undefined);
  try {
    return new presence.PresenceFormatter({ locale, timeZone, hourCycle });
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
  try {
    // A page that calls init with an address of its own does so before this line goes on.
    const module = await import("./presence.js");
    await module.default();
    presence = module;
  } catch (error) {
    // The policy of the page forbids WebAssembly, or a file did not come.
    console.error("calendar-presence: notes are shown as they were written:", error);
    presence = false;
  }
  for (const element of elements.keys()) show(element);
}

if (!customElements.get("calendar-presence")) {
  customElements.define("calendar-presence", CalendarPresence);
  load();
}
