// What Rust asks of the platform, and how notes and texts cross the border.
//
// Crossing costs more than parsing. So Rust gets the bytes of many notes at once and gives back numbers, from which
// the texts are put together here: pieces of the notes, words, dates and times that are already strings.

const DAY = 24 * 60 * 60 * 1000;
const LAST_INSTANT = 8.64e15;
const DATE = { day: "2-digit", month: "2-digit", year: "numeric" };

/** Dates, times and offsets of one viewer. Throws RangeError for options that do not exist. */
export class Platform {
  constructor({ locale, timeZone, hourCycle } = {}) {
    this.locale = locale;
    // Days and minutes of the day are formatted as UTC: their texts do not depend on the zone.
    this.dates = new Intl.DateTimeFormat(locale, { ...DATE, timeZone: "UTC" });
    this.times = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle, timeZone: "UTC" });
    this.offsets = new Intl.DateTimeFormat("en-u-nu-latn", { timeZone, timeZoneName: "longOffset" });
    this.timeZone = this.offsets.resolvedOptions().timeZone;
  }

  /** The tag that chooses the language of the words. */
  language() {
    return this.locale === undefined
      ? this.times.resolvedOptions().locale
      : Intl.getCanonicalLocales(this.locale)[0] ?? "";
  }

  /** Words, one in a line, are the texts with the numbers from 1 on. */
  keepWords(lines) {
    this.texts = lines.split("\n");
  }

  keepDate(number, day) {
    this.texts[number] = this.date(day);
  }

  keepTime(number, minute) {
    this.texts[number] = this.times.format(minute * 60_000);
  }

  /** The text of a day, counted from 1970-01-01. */
  date(day) {
    const instant = day * DAY;
    if (Math.abs(instant) <= LAST_INSTANT) return this.dates.format(instant);
    // Zones ahead of UTC or behind it have days that UTC does not reach, at the first or last instant alone.
    const { locale } = this.dates.resolvedOptions();
    const there = new Intl.DateTimeFormat(locale, { ...DATE, timeZone: this.timeZone });
    return there.format(Math.sign(day) * LAST_INSTANT);
  }

  /** By how many milliseconds local time is ahead of UTC. */
  offset(instant) {
    const match = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(this.offsets.format(instant));
    if (!match) return 0;
    const [, sign, hours, minutes, seconds = 0] = match;
    const magnitude = ((+hours * 60 + +minutes) * 60 + +seconds) * 1000;
    return sign === "-" ? -magnitude : magnitude;
  }

  resolvedOptions(language) {
    const { locale, hourCycle } = this.times.resolvedOptions();
    return { locale, timeZone: this.timeZone, hourCycle, language };
  }

  /** Adds to `shown` the texts for the notes from `from` on. */
  assemble(notes, from, parts, shown) {
    assemble(this.texts, notes, from, parts, shown);
  }
}

/**
 * Puts texts together. A positive number stands for the text of that number, a negative one and the number after it
 * for a piece of the note, 0 for the end of a text.
 */
function assemble(texts, notes, from, parts, shown) {
  let text = "";
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part > 0) {
      text += texts[part];
    } else if (part < 0) {
      text += notes[from].slice(~part, parts[++i]);
    } else {
      shown.push(text);
      text = "";
      from++;
    }
  }
}

/** The result of `parse`; `parts` are its text, its title and the next title. */
export function presence(note, parts, activity = null, until = null, wholeDay, nextActivity = null) {
  const pieces = [];
  assemble([], [note, note, note], 0, parts, pieces);
  const [text, title, nextTitle] = pieces;
  const next = nextActivity || nextTitle ? { activity: nextActivity, title: nextTitle || null } : null;
  return { text, activity, title: title || null, until, wholeDay, next };
}

/**
 * Writes notes, from `from` on, in UTF-8 into `bytes` and where each of them ends into `ends`; returns how many had
 * room. Written by hand because browsers take longer to call their own encoder than a short note takes.
 */
export function encode(notes, from, bytes, ends) {
  const room = bytes.length;
  let end = 0;
  let count = 0;
  for (; count < ends.length && from + count < notes.length; count++) {
    const note = notes[from + count];
    const { length } = note;
    if (end + length * 3 > room) break;
    for (let i = 0; i < length; i++) {
      let code = note.charCodeAt(i);
      if (code < 0x80) {
        bytes[end++] = code;
        continue;
      }
      if (code < 0x800) {
        bytes[end++] = 0xc0 | (code >> 6);
      } else {
        code = note.codePointAt(i);
        if (code > 0xffff) {
          i++;
          bytes[end++] = 0xf0 | (code >> 18);
          bytes[end++] = 0x80 | ((code >> 12) & 0x3f);
        } else {
          // A surrogate without its other half becomes U+FFFD.
          if ((code & 0xf800) === 0xd800) code = 0xfffd;
          bytes[end++] = 0xe0 | (code >> 12);
        }
        bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[end++] = 0x80 | (code & 0x3f);
    }
    ends[count] = end;
  }
  return count;
}

/** The room that one note may take. */
export function room(notes, index) {
  return notes[index].length * 3;
}
