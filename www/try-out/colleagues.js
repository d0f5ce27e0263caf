// What colleagues see: the users of the PBX with the presence that the service has decided on, as <calendar-presence>
// shows it to somebody with the language and time zone of this page.

import { DayStrip } from "./day.js";
import { say, setText } from "./language.js";
import { Line } from "./line.js";
import { login } from "./manager.js";
import { locale, start } from "./viewer.js";

/** Between two looks, in milliseconds. */
const PAUSE = 1_000;
/** The longest wait after the service could not be reached. */
const LONGEST_WAIT = 15_000;
/** For so long a line that has changed stands out. */
const HIGHLIGHT = 2_000;

/**
 * Fills the panel for as long as the page is there. `show` of the result shows it anew, `seen` tells what is shown of
 * each user.
 */
export function showColleagues(panel) {
    const list = panel.querySelector("ul");
    const status = panel.querySelector("[role=status]");
    const lines = new Map();
    let news = "loading";
    let users = [];

    import("/presence/calendar-presence.js").catch(() => { news = "presenceMissing"; show(); });

    function show() {
        setText(status, news ? say(news) : note(users));
        panel.setAttribute("aria-busy", String(news === "loading"));
        list.classList.toggle("old", news === "lost");
        for (const user of users) lineOf(user).show(user, users.today);
    }

    function lineOf({ guid }) {
        if (!lines.has(guid)) lines.set(guid, new PersonLine());
        return lines.get(guid);
    }

    function take(result) {
        if (news !== "presenceMissing") news = result ? "" : "lost";
        if (result) {
            const before = users.map(({ guid }) => guid).join();
            users = Object.assign(result.users, { more: result.more, today: result.today });
            if (before !== users.map(({ guid }) => guid).join()) arrange();
        }
        show();
    }

    /** Lines in the order of the users; who has gone goes. */
    function arrange() {
        const nodes = users.map((user) => lineOf(user).node);
        for (const [guid, { node }] of lines) if (!nodes.includes(node)) lines.delete(guid);
        list.replaceChildren(...nodes);
        list.hidden = nodes.length === 0;
    }

    watch(take);
    return { show, seen: () => new Map(users.map((user) => [user.guid, shownOf(user)])) };
}

/** What others see of a user, to tell whether it has changed. */
function shownOf({ activity, note }) {
    return (activity || "") + note;
}

function note(users) {
    if (users.length === 0) return say("nobody");
    return users.more ? say("more", users.length) : "";
}

/** A user: name, activity, the presence in words, and the day. */
class PersonLine {
    constructor() {
        this.node = document.createElement("li");
        this.name = element("strong");
        this.activity = element("span", "activity");
        this.presence = document.createElement("calendar-presence");
        this.missing = element("span", "missing");
        this.day = new DayStrip();
        this.node.append(this.name, this.activity, this.presence, this.missing, this.day.node);
    }

    show(user, today) {
        const { name, state, note, activity, day } = user;
        const isShown = note !== undefined;
        setText(this.name, name);
        setText(this.activity, isShown ? say(activity || "free") : "");
        setText(this.missing, isShown ? "" : say(state === "matched" ? "waiting" : state));
        this.activity.dataset.activity = isShown ? activity || "free" : "none";
        const shown = shownOf(user);
        if (this.shown !== undefined && this.shown !== shown) highlight(this.node);
        this.shown = shown;
        set(this.presence, { locale: locale(), "time-zone": start.zone, note: isShown ? note : "" });
        this.day.show(isShown ? day : undefined, today);
    }
}

function highlight(node) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    node.animate([{ backgroundColor: "var(--highlight)" }, { backgroundColor: "transparent" }], HIGHLIGHT);
}

/** Tells `listener` the users again and again while somebody looks, or null when the service cannot be reached. */
async function watch(listener) {
    let wait = PAUSE;
    for (;;) {
        try {
            const line = await Line.open(login);
            for (;;) {
                listener(await line.ask({ mt: "GetUsers", api: "Calendar", day: true }));
                wait = PAUSE;
                await nextLook(PAUSE);
            }
        } catch (error) {
            console.info("What colleagues see:", String(error));
            listener(null);
        }
        await nextLook(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT);
    }
}

/** After a while, and not before somebody looks at the page. */
async function nextLook(wait) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    while (document.hidden) {
        await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
    }
}

function element(tag, cl) {
    const node = document.createElement(tag);
    if (cl) node.className = cl;
    return node;
}

function set(node, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
        if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    }
}
