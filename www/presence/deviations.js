// Explains where a note leaves the grammar, and what is made of it. A help for people; nothing is shown by it.

import { parse } from "./presence.js";

const BLANKS = /[\t-\r \u00a0]+/;
const ACTIVITY = /^#(free|busy|away|dnd)$/i;
const KNOWN = /^#(?:free|busy|away|dnd|whole-day|len:.*|until:.*|next-activity.*|next:.*)$/i;
const ORDER = ["#activity", "#len", "#until", "#whole-day", "#next-activity", "#next"];

/** One line for each deviation. */
export function deviations(note) {
  const { activity, text, title } = parse(note);
  if (activity === null) return [];
  const tags = tagsOf(note);
  const words = tags.trim().split(BLANKS);
  const found = words.flatMap((word, i) => ofWord(word, i));
  if (/[\t-\r\u00a0]| {2}/.test(tags.trim())) found.push("More than one blank, or another than U+0020, between tags: read as one.");
  found.push(...repeated(words), ...order(words), ...figures(words, rawText(note, tags), { title, text }));
  return found;
}

/** The part of the note that holds the tags: from the first activity in the run of words with # at its end. */
function tagsOf(note) {
  const run = /(?:(?:^|[\t-\r \u00a0]+)#[^\t-\r \u00a0]*)+[\t-\r \u00a0]*$/.exec(note)?.[0] ?? "";
  const first = /(?:^|[\t-\r \u00a0])#(?:free|busy|away|dnd)(?![^\t-\r \u00a0])/i.exec(run);
  return first ? run.slice(first.index) : "";
}

function rawText(note, tags) {
  return note.slice(0, note.length - tags.length).replace(/[\t-\r \u00a0]+$/, "");
}

function nameOf(word) {
  if (ACTIVITY.test(word)) return "#activity";
  return /^#(next-activity|whole-day|[^:]*)/i.exec(word)[0].toLowerCase();
}

function ofWord(word, place) {
  if (!KNOWN.test(word)) return [`${word}: not one of our tags, skipped.`];
  const found = [];
  if (place > 0 && ACTIVITY.test(word)) found.push(`${word}: a second activity, skipped.`);
  if (word !== word.toLowerCase()) found.push(`${word}: read as ${word.toLowerCase()}.`);
  if (/^#next-activity[a-z]/i.test(word)) found.push(`${word}: without the colon that the examples have; read the same.`);
  if (!isWellFormed(word)) found.push(`${word}: not well-formed, as if it were not there.`);
  else found.push(...ofFigures(word));
  return found;
}

function isWellFormed(word) {
  const probe = parse(`${"x".repeat(3)} #busy ${word}`);
  if (/^#until:/i.test(word)) return probe.until !== null;
  if (/^#next-activity/i.test(word)) return probe.next !== null;
  if (/^#len:/i.test(word)) return /^#len:\d+(:\d+)?$/i.test(word) && within64Bit(word);
  if (/^#next:/i.test(word)) return /^#next:\d+:\d+(:\d+:\d+)?$/i.test(word) && within64Bit(word);
  return true;
}

function within64Bit(word) {
  return word.match(/\d+/g).every((figure) => BigInt(figure) < 2n ** 64n);
}

function ofFigures(word) {
  if (/^#len:\d+$/i.test(word) || /^#next:\d+:\d+$/i.test(word)) return [`${word}: without byte figures, code points alone are read.`];
  const until = /^#until:(-?\d+)$/i.exec(word);
  if (until && Math.abs(Number(until[1])) < 1e11) return [`${word}: so small a figure is in seconds.`];
  return [];
}

function repeated(words) {
  const seen = new Set();
  return words.flatMap((word) => {
    const name = nameOf(word);
    if (name === "#activity" || !KNOWN.test(word) || !isWellFormed(word)) return [];
    if (!seen.has(name)) return seen.add(name) && [];
    return [`${word}: ${name} a second time, skipped.`];
  });
}

function order(words) {
  const places = words.map((word) => ORDER.indexOf(nameOf(word))).filter((place) => place >= 0);
  const ordered = places.every((place, i) => i === 0 || places[i - 1] <= place);
  return ordered ? [] : [`The grammar has the tags in this order: ${ORDER.join(" ")}.`];
}

/** Figures of #len and #next that disagree with each other or with the text. */
function figures(words, text, { title }) {
  const bytes = new TextEncoder().encode(text);
  const codePoints = [...text];
  return ["#len", "#next"].flatMap((name) => {
    const word = words.find((one) => nameOf(one) === name && isWellFormed(one));
    if (!word) return [];
    const all = word.match(/\d+/g).map(Number);
    const half = all.length > (name === "#len" ? 1 : 2) ? all.length / 2 : all.length;
    const [start, length] = name === "#len" ? [0, all[0]] : all;
    if (start + length > codePoints.length) {
      const read = name === "#len" ? title : parse(`${text} #busy ${word}`).next?.title ?? null;
      return [read === null ? `${word}: fits neither in code points nor in bytes; no title.` : `${word}: the code points do not fit, so the bytes are read.`];
    }
    if (half === all.length) return [];
    const [byteStart, byteLength] = name === "#len" ? [0, all[1]] : all.slice(2);
    const encode = (from, to) => new TextEncoder().encode(codePoints.slice(from, to).join("")).length;
    const agrees = encode(0, start) === byteStart && encode(start, start + length) === byteLength && byteStart + byteLength <= bytes.length;
    return agrees ? [] : [`${word}: the bytes disagree with the code points, which win.`];
  });
}
