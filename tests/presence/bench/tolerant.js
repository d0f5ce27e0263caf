// A peer in JavaScript that reads every note that ours reads, and keeps its Intl objects.

const BLANK = /[\t-\r \u00a0]+/;
const ACTIVITIES = ["free", "busy", "away", "dnd"];
const WORDS = { free: "Frei", busy: "Beschäftigt", away: "Abwesend", dnd: "Bitte nicht stören" };
const FREE = new Set(["frei", "free", "libre", "lliure", "volný", "beschikbaar", "librea", "disponible", "szabad", "libero",
  "wolny(a)", "disponível", "свободен", "prost", "tillgänglig"]);
const ESCAPED = /(^|[\t-\r \u00a0])#(#+(?:(?:free|busy|away|dnd|whole-day)(?![^\t-\r \u00a0])|(?:len|until|next)))/gi;
const LAST_INSTANT = 8_640_000_000_000_000n;
const LARGEST = 18_446_744_073_709_551_615n;
const HOUR = 3_600_000;

export class TolerantFormatter {
  constructor({ locale, timeZone, hourCycle }) {
    const date = { day: "2-digit", month: "2-digit", year: "numeric" };
    this.date = new Intl.DateTimeFormat(locale, { timeZone, ...date });
    this.utcDate = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...date });
    this.time = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle });
  }

  formatAll(notes, now) {
    const today = this.date.format(now);
    return notes.map((note) => this.formatOn(note, today));
  }

  format(note, now) {
    return this.formatOn(note, this.date.format(now));
  }

  formatOn(note, today) {
    const { text, activity, len, until, wholeDay, nextActivity, next } = read(note);
    if (activity === undefined) return FREE.has(text.trim().toLowerCase()) ? WORDS.free : unescape(text);
    const title = len && cut(text, len);
    if (len && title === undefined) return unescape(text);
    let shown = title ? unescape(title.piece) : "";
    if (shown === "") shown = WORDS[activity];
    const nextTitle = next && cut(text, next);
    if (until !== undefined) {
      shown += " bis ";
      if (wholeDay) shown += this.wholeDay(text, [title, nextTitle], until);
      else {
        const date = this.date.format(until);
        shown += date === today ? this.time.format(until) : `${date} ${this.time.format(until)}`;
      }
    }
    const following = [nextActivity && WORDS[nextActivity], nextTitle?.piece && unescape(nextTitle.piece)].filter(Boolean);
    return following.length ? `${shown} (${following.join(": ")})` : shown;
  }

  wholeDay(text, titles, until) {
    let rest = [...text];
    for (const title of titles) if (title) rest.fill(" ", title.start, title.end);
    const numbers = (rest.join("").match(/\p{Nd}+/gu) ?? []).map(Number);
    const days = new Set([until - 12 * HOUR, until, until + 14 * HOUR].map((instant) => Math.floor(instant / (24 * HOUR))));
    const named = [...days].filter((day) => {
      const date = new Date(day * 24 * HOUR);
      return [0, 543].some((years) => {
        const left = [...numbers];
        return [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear() + years].every((number) => {
          const at = left.indexOf(number);
          if (at >= 0) left.splice(at, 1);
          return at >= 0;
        });
      });
    });
    return named.length === 1 ? this.utcDate.format(named[0] * 24 * HOUR) : this.date.format(until);
  }
}

function read(note) {
  let end = note.length;
  let from = -1;
  for (;;) {
    const word = /(?:^|[\t-\r \u00a0])(#[^\t-\r \u00a0]*)[\t-\r \u00a0]*$/.exec(note.slice(0, end));
    if (!word) break;
    end = word.index;
    if (ACTIVITIES.includes(word[1].slice(1).toLowerCase())) from = end;
  }
  if (from < 0) return { text: note.replace(/[\t-\r \u00a0]+$/, "") };
  const tags = { text: note.slice(0, from).replace(/[\t-\r \u00a0]+$/, "") };
  for (const word of note.slice(from).split(BLANK)) tag(word.toLowerCase(), tags);
  return tags;
}

function tag(word, tags) {
  const [, name, value] = /^#(next-activity(?=:?[a-z])|[^:]*):?(.*)$/.exec(word) ?? [];
  if (name === undefined) return;
  const figures = value.split(":");
  const wellFormed = figures.every((figure) => /^\d+$/.test(figure) && BigInt(figure) <= LARGEST);
  if (ACTIVITIES.includes(word.slice(1))) tags.activity ??= word.slice(1);
  else if (name === "len" && wellFormed && figures.length <= 2) tags.len ??= [0, +figures[0], 0, figures[1] && +figures[1]];
  else if (name === "next" && wellFormed && (figures.length === 2 || figures.length === 4)) tags.next ??= figures.map(Number);
  else if (name === "until" && /^-?\d+$/.test(value)) {
    let until = BigInt(value);
    if (until < 100_000_000_000n && until > -100_000_000_000n) until *= 1000n;
    if (until <= LAST_INSTANT && until >= -LAST_INSTANT) tags.until ??= Number(until);
  } else if (word === "#whole-day") tags.wholeDay = true;
  else if (name === "next-activity" && ACTIVITIES.includes(value)) tags.nextActivity ??= value;
}

function cut(text, [start, length, byteStart, byteLength]) {
  const codePoints = [...text];
  if (start + length <= codePoints.length) {
    return { piece: codePoints.slice(start, start + length).join(""), start, end: start + length };
  }
  if (byteLength === undefined) return undefined;
  const bytes = new TextEncoder().encode(text);
  const border = (at) => at === bytes.length || (bytes[at] & 0xc0) !== 0x80;
  const end = byteStart + byteLength;
  if (end > bytes.length || !border(byteStart) || !border(end)) return undefined;
  const count = (to) => [...new TextDecoder().decode(bytes.subarray(0, to))].length;
  return { piece: new TextDecoder().decode(bytes.subarray(byteStart, end)), start: count(byteStart), end: count(end) };
}

function unescape(text) {
  return text.includes("##") ? text.replace(ESCAPED, "$1$2") : text;
}
