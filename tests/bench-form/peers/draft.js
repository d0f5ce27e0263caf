// What was typed beside what the service has: an object that is replaced with each change, so that React and Preact
// see it. `passwords` tells which are stored.

import { problems as sentences, sections } from "./items.json";
import { checks, rules, shareAnEntry } from "./rules.js";

const items = sections.flatMap((section) => section.items);

/** Before settings have come. */
export const EMPTY = {
  connection: "connecting", loaded: false, stored: {}, values: {}, passwords: {}, touched: {}, revision: null, notice: null, status: null,
};

/** The draft after something has happened. */
export function change(draft, event) {
  switch (event.type) {
    case "connection": return { ...draft, connection: event.state };
    case "loaded": return load(draft, event);
    case "status": return { ...draft, status: event.status };
    case "input": return { ...draft, values: { ...draft.values, [event.name]: event.value }, notice: null };
    case "leave": return { ...draft, touched: { ...draft.touched, [event.name]: true } };
    case "submit": return { ...draft, touched: Object.fromEntries(items.map(({ name }) => [name, true])) };
    case "discard": return { ...draft, values: draft.stored, touched: {}, notice: null };
    case "notice": return { ...draft, notice: event.notice };
    default: return draft;
  }
}

function load(draft, { config, passwords }) {
  const stored = { ...config.ConfigItems };
  const typed = Object.entries(draft.values).filter(([name, value]) => value !== draft.stored[name]);
  return { ...draft, loaded: true, stored, values: { ...stored, ...Object.fromEntries(typed) }, passwords, revision: config.revision };
}

export const isShown = (item, { values }) => !item.shown || rules[item.shown](values);
export const isChanged = (item, { values, stored }) => values[item.name] !== stored[item.name];
export const isRequired = (item, draft) =>
  Boolean(item.required) && draft.values.syncType !== 0 && isShown(item, draft) && rules[item.required](draft.values);

/** What is wrong with an item, as a sentence; empty if nothing is. */
export function problem(item, draft) {
  const code = fault(item, draft);
  return code ? sentences[code].replace("$0", item.min).replace("$1", item.max) : "";
}

function fault(item, { values, passwords }) {
  const value = values[item.name];
  if (isRequired(item, { values }) && value === "" && !passwords[item.name]) return "required";
  if (item.kind === "number") return Number.isInteger(value) && value >= item.min && value <= item.max ? undefined : "range";
  if (item.name === "priorityExcludedWords" && rules.enabled(values) && shareAnEntry(values.priorityWords, value)) return "duplicate";
  return item.check && value ? checks[item.check](value) : undefined;
}

/** The problem where it is to be seen: the field was left, or a save was tried. */
export const shownProblem = (item, draft) => (draft.touched[item.name] ? problem(item, draft) : "");

export const changes = (draft) => items.filter((item) => isShown(item, draft) && isChanged(item, draft));
export const problems = (draft) => items.filter((item) => isShown(item, draft) && problem(item, draft));

/** What a field gives, as the service takes it. */
export function read(item, field) {
  if (item.kind === "checkbox") return field.checked;
  if (item.kind === "choice") return field.selectedIndex;
  if (item.kind !== "number") return field.value;
  return /^\s*-?\d+\s*$/.test(field.value) ? Number(field.value) : field.value;
}

const names = new Intl.DisplayNames("en", { type: "language" });

/** The options of a choice. Languages have none in the description: the browser knows their names. */
export const options = (item) => item.choices ?? item.values.map((code) => names.of(code));
