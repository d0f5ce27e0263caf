// Times as this browser shows them, in the language of the client.

import { start } from "./myapps.js";

const format = (options) => (time) => new Intl.DateTimeFormat(start.lang, options).format(time);

/** Hour and minute. */
export const clock = format({ hour: "2-digit", minute: "2-digit" });
/** The day, in short. */
export const day = format({ weekday: "short", day: "numeric", month: "numeric" });
/** Both. */
export const moment = (time) => `${day(time)} ${clock(time)}`;
