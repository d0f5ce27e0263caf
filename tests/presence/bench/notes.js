// The notes that are measured: as the service writes them, mixed, the same at every run.

const DAY = 24 * 60 * 60 * 1000;
const TITLES = [
  "Meeting with Caption Sparrow", "Jour fixe", "Überlandleitung: Ortstermin Süd", "Sprint review 42", "Zahnarzt",
  "Budget Q3 & Q4", "Vorstellungsgespräch (2. Runde)", "Réunion d’équipe", "1:1", "🎂 Geburtstag Łukasz", "Планёрка",
];
const WORDS = { free: "Free", busy: "Busy", away: "Away" };

/** Notes whose ends are spread to the second over 14 days from `now`, as written in English for Europe/Berlin. */
export function mixedNotes(count, now) {
  const random = generator(1);
  const date = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", day: "2-digit", month: "2-digit", year: "numeric" });
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" });
  const pick = (list) => list[Math.floor(random() * list.length)];

  const withTime = (until) => (date.format(until) === date.format(now) ? "" : `${date.format(until)} `) + time.format(until);
  const note = () => {
    const until = now + Math.floor((random() * 14 * DAY) / 1000) * 1000;
    const activity = pick(["busy", "busy", "away", "free"]);
    switch (Math.floor(random() * 12)) {
      case 0: return "Free";
      case 1: return `${WORDS[activity]} until ${withTime(until)} #${activity} #until:${until}`;
      case 2: return current(pick(TITLES), date.format(until), activity, midnight(until), " #whole-day");
      case 3: case 4: case 5: case 6: return free(withTime(until), pick(["busy", "away"]), pick(TITLES), until);
      default: return current(pick(TITLES), withTime(until), activity, until, "");
    }
  };
  return Array.from({ length: count }, note);
}

function current(title, when, activity, until, wholeDay) {
  return `${title} until ${when} #${activity} #len:${figures(title)} #until:${until}${wholeDay}`;
}

function free(when, activity, title, until) {
  const before = `Free until ${when} (${WORDS[activity]}: `;
  const place = `${[...before].length}:${[...title].length}:${bytes(before)}:${bytes(title)}`;
  return `${before}${title}) #free #until:${until} #next-activity:${activity} #next:${place}`;
}

const bytes = (text) => new TextEncoder().encode(text).length;
const figures = (title) => `${[...title].length}:${bytes(title)}`;

/** Midnight in Berlin, summer time or not, near enough for a whole day. */
const midnight = (instant) => Math.floor(instant / DAY) * DAY - DAY / 24;

/** A linear congruential generator: the notes are the same everywhere. */
function generator(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
