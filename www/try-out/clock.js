// A clock that runs, in the language and time zone of the page.

import { locale, start } from "./viewer.js";

/** Keeps `node` at the time of day; the result shows it anew. */
export function showClock(node) {
    const show = () => {
        const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: start.zone };
        node.textContent = new Intl.DateTimeFormat(locale(), options).format();
    };
    // At the beginning of each second, so that none is left out.
    const tick = () => {
        show();
        setTimeout(tick, 1_000 - Date.now() % 1_000);
    };
    tick();
    return show;
}
