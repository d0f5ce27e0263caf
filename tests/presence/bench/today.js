// What clients do today: the same regular expression idea, but a fresh toLocaleString for each note.

import { LeanFormatter } from "./lean.js";

export class TodayFormatter extends LeanFormatter {
  constructor(options) {
    super(options);
    const { locale, timeZone, hourCycle } = options;
    this.date = {
      format: (instant) =>
        new Date(instant).toLocaleDateString(locale, { timeZone, day: "2-digit", month: "2-digit", year: "numeric" }),
    };
    this.time = {
      format: (instant) =>
        new Date(instant).toLocaleTimeString(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle }),
    };
  }
}
