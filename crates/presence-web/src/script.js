// What Rust asks of the platform. Intl objects are costly to make and to ask, so each is made once and Rust
// remembers their answers.

const DAY = 24 * 60 * 60 * 1000;
const LAST_INSTANT = 8.64e15;
const DATE = { day: "2-digit", month: "2-digit", year: "numeric" };

/** Dates, times and offsets of one viewer. Throws RangeError for options that do not exist. */
export class Platform {
  constructor({ locale, timeZone, hourCycle } = {}) {
    this.locale = locale;
    // Day and time of day are formatted as UTC: their texts do not depend on the zone.
    this.dates = new Intl.DateTimeFormat(locale, { ...DATE, timeZone: "UTC" });
    this.times = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle, timeZone: "UTC" });
    this.offsets = new Intl.DateTimeFormat("en-u-nu-latn", { timeZone, timeZoneName: "longOffset" });
    this.timeZone = this.offsets.resolvedOptions().timeZone;
  }

  /** The text of a day, counted from 1970-01-01. */
  date(day) {
    const instant = day * DAY;
    if (Math.abs(instant) <= LAST_INSTANT) return this.dates.format(instant);
    // Days that UTC does not reach are seen in zones that are ahead or behind, at the first or last instant alone.
    const locale = this.dates.resolvedOptions().locale;
    const there = new Intl.DateTimeFormat(locale, { ...DATE, timeZone: this.timeZone });
    return there.format(Math.sign(day) * LAST_INSTANT);
  }

  /** The text of a minute of the day. */
  time(minute) {
    return this.times.format(minute * 60_000);
  }

  /** By how many milliseconds local time is ahead of UTC. */
  offset(instant) {
    const match = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(this.offsets.format(instant));
    if (!match) return 0;
    const [, sign, hours, minutes, seconds = 0] = match;
    const magnitude = ((+hours * 60 + +minutes) * 60 + +seconds) * 1000;
    return sign === "-" ? -magnitude : magnitude;
  }

  /** The tag that the language of the words is chosen by. */
  language() {
    return this.locale === undefined
      ? this.times.resolvedOptions().locale
      : Intl.getCanonicalLocales(this.locale)[0] ?? "";
  }

  resolvedOptions(language) {
    const { locale, hourCycle } = this.times.resolvedOptions();
    return { locale, timeZone: this.timeZone, hourCycle, language };
  }
}

/** The result of `parse`. */
export function presence(text, activity = null, title = null, until = null, wholeDay, next) {
  return { text, activity, title, until, wholeDay, next };
}

/** What stands next in it. */
export function next(activity = null, title = null) {
  return { activity, title };
}

/** Many notes cross the border as one text, which is several times faster than an array. */
export function join(notes) {
  return notes.join("\0");
}

export function split(texts) {
  return texts.split("\0");
}
