// The lean peer: what a front-end engineer writes who knows the format and that Intl objects are worth keeping. It
// reads well-formed notes.

const NOTE =
  /^(.*?) #(free|busy|away|dnd)(?: #len:(\d+)(?::\d+)?)?(?: #until:(\d+))?( #whole-day)?(?: #next-activity:(free|busy|away|dnd))?(?: #next:(\d+):(\d+)(?::\d+:\d+)?)?$/s;
const WORDS = { free: "Frei", busy: "Beschäftigt", away: "Abwesend", dnd: "Bitte nicht stören" };

export class LeanFormatter {
  constructor({ locale, timeZone, hourCycle }) {
    this.date = new Intl.DateTimeFormat(locale, { timeZone, day: "2-digit", month: "2-digit", year: "numeric" });
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
    const match = NOTE.exec(note);
    if (!match) return note === "Free" ? WORDS.free : note;
    const [, text, activity, length, until, wholeDay, nextActivity, start, nextLength] = match;
    let shown = length ? codePoints(text, 0, +length) : WORDS[activity];
    if (until) shown += ` bis ${this.when(+until, wholeDay, today)}`;
    if (nextActivity) {
      shown += start
        ? ` (${WORDS[nextActivity]}: ${codePoints(text, +start, +nextLength)})`
        : ` (${WORDS[nextActivity]})`;
    }
    return shown;
  }

  when(until, wholeDay, today) {
    const date = this.date.format(until);
    if (wholeDay) return date;
    const time = this.time.format(until);
    return date === today ? time : `${date} ${time}`;
  }
}

function codePoints(text, start, length) {
  // Where every code point is one UTF-16 unit, slicing is enough.
  if (!/[\ud800-\udfff]/.test(text)) return text.slice(start, start + length);
  return [...text].slice(start, start + length).join("");
}
