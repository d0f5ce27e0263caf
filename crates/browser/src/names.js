// What `Intl` says in words.

/** Time zone of this browser. */
export function ownTimeZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** How long ago an instant was, in the language `locale`, such as "12 seconds ago". */
export function age(locale, instant) {
  const seconds = Math.max(0, Math.round((Date.now() - instant) / 1000));
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  const [unit, length] = units.find(([, most]) => seconds >= most) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "always" }).format(-Math.floor(seconds / length), unit);
}
