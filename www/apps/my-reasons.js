// Why an appointment counts or does not, in words. Reasons name times, never titles.

import { fill, say } from "./page.js";
import { clock, day, moment } from "./my-time.js";

/** Reasons that are about no appointment. */
const OTHERS = ["heldBack", "notRead", "more"];

export function reason(one) {
    if (OTHERS.includes(one.why)) return one.why === "more" ? fill("why_more", one.count) : say("why_" + one.why);
    return `${span(one)}: ${say("why_" + one.why)}`;
}

/** When an appointment is. The last day of whole days is the one before the end. */
function span({ start, end, startDate, endDate }) {
    if (startDate) {
        const first = new Date(startDate + "T12:00");
        const last = new Date(new Date(endDate + "T12:00").getTime() - 86_400_000);
        return last > first ? `${day(first)} – ${day(last)}` : day(first);
    }
    const isOneDay = new Date(start).toDateString() === new Date(end).toDateString();
    return `${moment(start)} – ${isOneDay ? clock(end) : moment(end)}`;
}
