// Offsets of time zones. `Intl` alone knows them in a browser, and gives them as text alone.

/** A formatter is slow to make and quick to ask; null where there is no such zone. */
const formatters = new Map();

function formatter(zone) {
  let known = formatters.get(zone);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat("en-u-nu-latn", { timeZone: zone, timeZoneName: "longOffset" });
    } catch {
      known = null;
    }
    formatters.set(zone, known);
  }
  return known;
}

/** By how many seconds clocks in `zone` are ahead of UTC; NaN where there is no such zone or instant. */
export function utcOffset(zone, instant) {
  const format = formatter(zone);
  if (!format || !(Math.abs(instant) <= 8.64e15)) return NaN;
  const match = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(format.format(instant));
  if (!match) return 0;
  const [, sign, hours, minutes, seconds = 0] = match;
  const magnitude = (+hours * 60 + +minutes) * 60 + +seconds;
  return sign === "-" ? -magnitude : magnitude;
}

/** The zone that the browser takes for this name; undefined where there is no such zone. */
export function resolved(zone) {
  return formatter(zone)?.resolvedOptions().timeZone;
}
