// The form in JavaScript without a library: elements are made once, a single function brings them up to date.

import { Connection } from "./connection.js";
import { EMPTY, change, changes, isChanged, isRequired, isShown, options, problems, read, shownProblem } from "./draft.js";
import { sections } from "./items.json";
import { define } from "./plugin.js";
import { TEXTS, attention, notice, status } from "./texts.js";

/** An element with attributes and children. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A field for an item, with what it must have to be found and read out. */
function makeField(item) {
  const common = { id: item.name, "aria-describedby": `${item.name}-help ${item.name}-problem` };
  const text = { ...common, autocomplete: "off", autocapitalize: "off", spellcheck: "false" };
  switch (item.kind) {
    case "choice": return h("select", common, ...options(item).map((label) => new Option(label)));
    case "lines": return h("textarea", { ...text, rows: 4 });
    case "checkbox": return h("input", { ...common, type: "checkbox" });
    case "password": return h("input", { ...text, type: "password", autocomplete: "new-password" });
    case "number": return h("input", { ...text, type: "text", inputmode: "numeric" });
    default: return h("input", { ...text, type: "text", ...(item.readOnly && { readonly: "" }) });
  }
}

/** All time zones, once somebody goes to the field. */
function zonesFor(field) {
  const list = h("datalist", { id: "time-zones" });
  field.setAttribute("list", "time-zones");
  field.addEventListener("focus", () => {
    list.append(...Intl.supportedValuesOf("timeZone").map((zone) => new Option(zone)));
  }, { once: true });
  return list;
}

/** The row of an item: its element, and how it is brought up to date. */
function makeRow(item, tell) {
  const field = makeField(item);
  const mark = h("span", { class: "mark", "aria-hidden": "true" });
  const problem = h("p", { class: "problem", id: `${item.name}-problem` });
  const stored = h("p");
  const value = h("div", { class: "value" }, field);
  if (item.kind === "password") value.append(h("div", { class: "secret" }, stored));
  if (item.check === "timeZone") value.append(zonesFor(field));
  value.append(h("p", { class: "help", id: `${item.name}-help` }, item.help), problem);
  field.addEventListener("input", () => tell({ type: "input", name: item.name, value: read(item, field) }));
  value.addEventListener("focusout", () => tell({ type: "leave", name: item.name }));
  const name = h("div", { class: "name" }, h("label", { for: item.name }, item.label), mark);
  const element = h("div", { class: "field" }, name, value);

  function update(draft) {
    const current = draft.values[item.name], wrong = shownProblem(item, draft), isNeeded = isRequired(item, draft);
    if (item.kind === "checkbox") field.checked = current;
    else if (item.kind === "choice") field.selectedIndex = current;
    else if (field.value !== String(current)) field.value = current;
    field.setAttribute("aria-invalid", wrong !== "");
    field.setAttribute("aria-required", isNeeded);
    mark.textContent = isNeeded ? TEXTS.required : "";
    problem.textContent = wrong;
    stored.textContent = draft.passwords[item.name] ? TEXTS.stored : "";
    element.dataset.changed = isChanged(item, draft);
  }
  return { element, update };
}

function card(id, heading, about, content) {
  const title = h("div", { class: "heading" }, h("h3", { id }, heading), h("p", {}, about));
  return h("section", { class: "card", "aria-labelledby": id }, title, content);
}

/** A section; rows are made when they are first shown. */
function makeSection(section, tell) {
  const rows = new Map();
  const list = h("div", { class: "rows" });
  const element = card(section.id, section.heading, section.about, list);

  function update(draft) {
    let next = null;
    for (const item of section.items.toReversed()) {
      let row = rows.get(item);
      if (!isShown(item, draft)) {
        row?.element.remove();
        continue;
      }
      if (!row) rows.set(item, row = makeRow(item, tell));
      if (row.element.parentNode !== list || row.element.nextSibling !== next) list.insertBefore(row.element, next);
      row.update(draft);
      next = row.element;
    }
  }
  return { element, update };
}

function makeObjects(directory) {
  const address = (page) => h("dd", {}, h("code", {}, directory + page));
  const list = h("dl", {},
    h("dt", {}, TEXTS.calendar), address("pbxcalendar-calendar"),
    h("dt", {}, TEXTS.admin), address("pbxcalendar-calendaradmin"));
  return card("objects", TEXTS.objects, TEXTS.aboutObjects, list);
}

function mount(place, host) {
  let draft = EMPTY;
  let parts = null;
  const state = h("p", { class: "status", role: "status" });
  const ghosts = h("div", { class: "sections ghosts", "aria-hidden": "true" }, h("div", { class: "card" }), h("div", { class: "card" }));
  const connected = h("span", { role: "status" });
  const message = h("p", { class: "notice", role: "status" });
  const discard = h("button", { type: "button" }, TEXTS.discard);
  const buttons = h("div", { class: "buttons", hidden: "" }, discard, h("button", { type: "submit", class: "main" }, TEXTS.save));
  const footer = h("footer", {}, h("div", { class: "connection" }, connected), message, buttons);
  const form = h("form", { class: "calendar", lang: "en", novalidate: "", autocomplete: "off" },
    h("header", {}, h("h2", {}, TEXTS.title), state), ghosts, footer);

  function tell(event) {
    draft = change(draft, event);
    update();
  }

  function update() {
    if (draft.loaded && !parts) {
      parts = sections.map((section) => makeSection(section, tell));
      ghosts.replaceWith(h("div", { class: "sections" }, ...parts.map(({ element }) => element), makeObjects(host.directory)));
      buttons.hidden = false;
    }
    parts?.forEach((part) => part.update(draft));
    const count = changes(draft).length;
    connected.textContent = TEXTS[draft.connection];
    state.textContent = status(draft.status);
    message.textContent = notice(draft, count);
    footer.dataset.changed = count > 0;
  }

  async function save() {
    tell({ type: "submit" });
    const wrong = problems(draft).length, changed = changes(draft);
    if (wrong) return tell({ type: "notice", notice: attention(wrong) });
    tell({ type: "notice", notice: TEXTS.saving });
    const done = await connection.save(Object.fromEntries(changed.map(({ name }) => [name, draft.values[name]])), draft.revision);
    tell({ type: "notice", notice: done ? TEXTS.saved : TEXTS.failed });
  }

  discard.addEventListener("click", () => tell({ type: "discard" }));
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  update();
  place.append(form);
  const connection = new Connection(host, tell);
  return () => { connection.close(); form.remove(); };
}

define(mount);
