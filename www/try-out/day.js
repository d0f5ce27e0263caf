// The day of somebody as a strip, from its first hour to its last.

import { say } from "./language.js";
import { locale, start } from "./viewer.js";

/** A strip; `show` draws a day into it, or nothing where there is none. */
export class DayStrip {
    constructor() {
        this.node = document.createElement("span");
        this.node.className = "day";
        this.node.setAttribute("role", "img");
        this.node.hidden = true;
        this.now = document.createElement("i");
        this.now.className = "now";
    }

    /** `day` is a list of what holds from when, `today` the beginning and end of the strip. */
    show(day, today) {
        this.node.hidden = !day || !today;
        if (this.node.hidden) return;
        const { from, to } = today;
        const place = (time) => Math.min(100, Math.max(0, (100 * (time - from)) / (to - from)));
        const drawn = JSON.stringify([day, today]);
        if (this.drawn !== drawn) {
            this.drawn = drawn;
            const ends = day.slice(1).map((part) => part.from).concat(to);
            const parts = day.map((part, index) => piece(part.activity, place(part.from), place(ends[index])));
            this.node.replaceChildren(...parts.filter(Boolean), this.now);
        }
        this.now.style.insetInlineStart = place(Date.now()) + "%";
        const words = inWords(day);
        if (this.node.getAttribute("aria-label") !== words) this.node.setAttribute("aria-label", words);
    }
}

/** A stretch that is not free. */
function piece(activity, from, to) {
    if (!activity) return null;
    const node = document.createElement("i");
    node.dataset.activity = activity;
    node.style.insetInlineStart = from + "%";
    node.style.width = to - from + "%";
    return node;
}

function inWords(day) {
    const clock = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", timeZone: start.zone });
    return day.map(({ from, activity }) => `${clock.format(from)} ${say(activity || "free")}`).join(", ");
}
