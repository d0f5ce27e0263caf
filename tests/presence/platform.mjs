// Compares with Intl.DateTimeFormat, to the character, where it runs: in Node and in the browser.

export const LOCALES = [
  "ar", "ar-EG", "ar-SA", "ar-SA-u-ca-islamic-umalqura", "bg", "bn", "bs", "ca", "cs", "da", "de", "de-AT", "el", "en-AU",
  "en-CA", "en-GB", "en-US", "en-US-u-hc-h23", "es", "es-MX", "et", "eu", "fa", "fa-IR-u-nu-latn", "fi", "fr", "fr-CA", "he",
  "he-u-ca-hebrew", "hi", "hi-u-nu-deva", "hr", "hu", "it", "ja", "ja-JP-u-ca-japanese", "ko", "lv", "mk", "mr", "my", "ne", "nl",
  "no", "pl", "pt", "pt-BR", "ru", "sl", "sr", "sr-Latn", "sv", "th", "th-u-nu-thai", "tr", "uk", "ur", "zh-Hans",
  "zh-Hant-TW-u-ca-roc", "zh-u-ca-chinese", "am-u-ca-ethiopic",
];
const CYCLES = [undefined, "h11", "h12", "h23", "h24"];
const DATE = { day: "2-digit", month: "2-digit", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit" };
const YEAR = 365.25 * 86_400_000;
const LAST = 8.64e15;

/** Returns what differs, at most a few, and how much was compared. */
export function compare({ PresenceFormatter }) {
  const differences = [];
  let compared = 0;
  // A title of its own keeps the words of the language out of the text.
  const note = (until, wholeDay) => `| #busy #len:1 #until:${asTag(until)}${wholeDay ? " #whole-day" : ""}`;
  const checker = (options) => {
    const formatter = new PresenceFormatter(options);
    const date = new Intl.DateTimeFormat(options.locale, { ...DATE, timeZone: options.timeZone });
    const time = new Intl.DateTimeFormat(options.locale, { ...TIME, timeZone: options.timeZone, hourCycle: options.hourCycle });
    const bare = formatter.format("| #busy #len:1 #until:5 #whole-day", 0).replace(date.format(5000), "@").split("@");
    const check = (instants, now) => {
      const shown = formatter.formatAll([...instants.map((until) => note(until)), ...instants.map((until) => note(until, true))], now);
      const expected = [
        ...instants.map((until) => (date.format(until) === date.format(now) ? "" : `${date.format(until)} `) + time.format(until)),
        ...instants.map((until) => date.format(until)),
      ].map((when) => bare[0] + when + bare[1]);
      expected.forEach((text, i) => {
        compared++;
        if (text !== shown[i] && differences.length < 10) {
          differences.push({ ...options, until: instants[i % instants.length], now, expected: text, shown: shown[i] });
        }
      });
    };
    return { check, free: () => formatter.free() };
  };

  const now = Date.UTC(2026, 10, 21, 9, 30);
  const zones = [...Intl.supportedValuesOf("timeZone"), "UTC"];

  // Every zone with a quarter of the locales and every locale with a quarter of the zones, in all hour cycles, at a few
  // instants: tomorrow, in half a year, long ago.
  const few = [now + 45_296_000, now + 0.5 * YEAR, Date.UTC(1969, 6, 20, 20, 17, 40)];
  zones.forEach((timeZone, z) => {
    LOCALES.forEach((locale, l) => {
      if ((z + l) % 4) return;
      const hourCycle = CYCLES[(z + l) / 4 % CYCLES.length];
      const { check, free } = checker({ locale, timeZone, hourCycle });
      check(few, now);
      free();
    });
  });

  // Every locale with every hour cycle at every minute of a day, and at days of every month of many years.
  const minutes = Array.from({ length: 1440 }, (_, minute) => now + minute * 60_000);
  const days = Array.from({ length: 400 }, (_, i) => now + (i - 200) * 31 * 86_400_000);
  for (const locale of LOCALES) {
    // ICU cannot count Chinese months that far and prints a text without figures.
    const ends = locale.endsWith("chinese") ? [] : [LAST, -LAST];
    for (const hourCycle of CYCLES) {
      const { check, free } = checker({ locale, hourCycle, timeZone: "Europe/Berlin" });
      check(minutes, now);
      if (hourCycle === undefined) check([...days, 0, -1, Date.UTC(0, 0, 1), ...ends], now);
      free();
    }
  }

  // Every zone at many instants from 1850 on, among them those around every change of its clocks.
  for (const timeZone of zones) {
    const { check, free } = checker({ locale: "sv", timeZone });
    const regular = Array.from({ length: 800 }, (_, i) => Date.UTC(1850, 0, 1) + i * 0.25 * YEAR + i * 977_000);
    const around = changes(timeZone, Date.UTC(1960, 0, 1), Date.UTC(2040, 0, 1)).flatMap((change) =>
      [-86_400_000, -1, 0, 1, 3_600_000].map((delta) => change + delta));
    check([...regular, ...around, LAST, LAST - 1, -LAST, 1 - LAST], now);
    for (const change of around.slice(-40)) check([change], change + 1);
    free();
  }
  return { differences, compared };
}

/** Whole seconds for instants that a tag in milliseconds could not tell from seconds. */
function asTag(until) {
  return Math.abs(until) < 1e11 ? Math.floor(until / 1000) : until;
}

/** The instants at which a zone changes its clocks, found by bisection. */
function changes(timeZone, from, to) {
  const clock = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset", year: "numeric" });
  const offset = (instant) => clock.format(instant).split("GMT")[1];
  const found = [];
  const step = 20 * 86_400_000;
  let before = offset(from);
  for (let start = from; start < to; start += step) {
    const after = offset(start + step);
    if (after === before) continue;
    let [low, high] = [start, start + step];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    found.push(high);
    before = after;
  }
  return found;
}
