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
    return notes.map((note) => this.format(note, now));
  }

  format(note, now) {
    const match = NOTE.exec(note);
    if (!match) return note === "Free" ? WORDS.free : note;
    const [, text, activity, length, until, wholeDay, nextActivity, start, nextLength] = match;
    const codePoints = [...text];
    let shown = length ? codePoints.slice(0, +length).join("") : WORDS[activity];
    if (until) shown += ` bis ${this.when(+until, wholeDay, now)}`;
    if (nextActivity) {
      shown += ` (${WORDS[nextActivity]}`;
      if (start) shown += `: ${codePoints.slice(+start, +start + +nextLength).join("")}`;
      shown += ")";
    }
    return shown;
  }

  when(until, wholeDay, now) {
    const date = this.date.format(until);
    if (wholeDay) return date;
    const time = this.time.format(until);
    return date === this.date.format(now) ? time : `${date} ${time}`;
  }
}
