// The next 48 hours as a band of activities with a line for now, and the same in words.

import { say } from "./page.js";
import { clock, day, moment } from "./my-time.js";

const HOUR = 3_600_000;
const HOURS = 48;
/** Between two marks. */
const STEP = 6;

/** Draws what is shown now and next into `parts`, the line for now, and a mark every few hours. */
export function band(parts, line, ticks, mine, now) {
    const from = hourOf(now);
    const to = from + HOURS * HOUR;
    const place = (time) => Math.min(100, Math.max(0, (100 * (time - from)) / (to - from)));
    const stretches = [{ at: from, activity: mine.activity }, ...mine.changes];
    parts.replaceChildren(...stretches.map(({ at, activity }, index) => {
        const end = stretches[index + 1]?.at ?? to;
        return piece(activity, place(at), place(end));
    }).filter(Boolean));
    line.style.insetInlineStart = place(now) + "%";
    ticks.replaceChildren(...marks(from, to).map((time) => {
        const node = document.createElement("span");
        const isMidnight = new Date(time).getHours() === 0;
        node.textContent = isMidnight ? day(time) : clock(time);
        node.className = isMidnight ? "midnight" : "";
        node.style.insetInlineStart = place(time) + "%";
        return node;
    }));
}

/** The band for those who do not see it. */
export function inWords({ activity, changes }) {
    const ahead = changes.map((change) => `${moment(change.at)} ${say(change.activity || "free")}`);
    return [say(activity || "free"), ...ahead].join(", ");
}

/** A stretch that is not free. */
function piece(activity, from, to) {
    if (!activity || to <= from) return null;
    const node = document.createElement("i");
    node.dataset.activity = activity;
    node.style.insetInlineStart = from + "%";
    node.style.width = to - from + "%";
    return node;
}

function hourOf(time) {
    const date = new Date(time);
    date.setMinutes(0, 0, 0);
    return date.getTime();
}

/** The instants at which clocks show 0, 6, 12 and 18. */
function marks(from, to) {
    const times = [];
    for (let time = from; time < to; time += HOUR) if (new Date(time).getHours() % STEP === 0) times.push(time);
    return times;
}
