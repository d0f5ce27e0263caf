// What `Intl` says in words.

/** Time zone of this browser. */
export function ownTimeZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** For so many seconds an instant is "now". */
const NOW = 5;

/** How long ago an instant was, in the language `locale`, such as "12 seconds ago". */
export function age(locale, instant) {
  const seconds = Math.max(0, Math.round((Date.now() - instant) / 1000));
  if (seconds < NOW) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  const [unit, length] = units.find(([, most]) => seconds >= most) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "always" }).format(-Math.floor(seconds / length), unit);
}

// English is that of Europe, where the PBXs are: the day comes before the month.
const local = (locale) => (locale === "en" ? "en-GB" : locale);

/** A day, counted from 1970-01-01, in words: 3 March 2031. */
export function date(locale, day) {
  return new Date(day * 86_400_000).toLocaleDateString(local(locale), { dateStyle: "long", timeZone: "UTC" });
}

/** How far away something is: in 4 years, 2 months ago. */
export function distance(locale, count, unit) {
  return new Intl.RelativeTimeFormat(local(locale)).format(count, unit);
}

/** Yesterday, today and tomorrow, for -1, 0 and 1. */
export function dayName(locale, distance) {
  return new Intl.RelativeTimeFormat(local(locale), { numeric: "auto" }).format(distance, "day");
}

/** The day that it is here, counted from 1970-01-01. */
export function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000;
}
