// My Calendar: what colleagues see of one's own calendar, why, and what comes next; and three switches about it.

import { band, inWords } from "./my-band.js";
import { Line } from "./my-line.js";
import { reason } from "./my-reasons.js";
import { clock, day, moment } from "./my-time.js";
import { isInMyApps, open, start } from "./myapps.js";
import { fill, follow, say } from "./page.js";

const HOUR = 3_600_000;
/** The longest wait after the service could not be reached, in milliseconds. */
const LONGEST_WAIT = 30_000;
/** So many reasons are told. */
const MOST_REASONS = 20;

const part = (id) => document.getElementById(id);
/** What the service has told last. */
let mine;
let line;

function show() {
    if (!mine) return;
    const isKnown = !mine.error || mine.note !== undefined;
    part("trouble").hidden = !mine.error;
    part("trouble").textContent = mine.error ? trouble(mine.error) : "";
    for (const node of document.querySelectorAll("main section")) node.hidden = mine.error === "unknownUser";
    if (mine.error === "unknownUser") return;
    showSeen(isKnown);
    band(part("parts"), part("now"), part("ticks"), mine, Date.now());
    part("band").setAttribute("aria-label", inWords(mine));
    part("band").hidden = mine.note === undefined;
    part("changes").replaceChildren(...mine.changes.map(change));
    part("nothing").hidden = mine.changes.length > 0 || mine.note === undefined;
    part("reasons").replaceChildren(...mine.reasons.slice(0, MOST_REASONS).map((one) => item(reason(one))));
    part("read").textContent = mine.lastSync ? fill("read", moment(mine.lastSync)) : "";
    showChoices();
}

function showSeen() {
    const isShown = mine.note !== undefined;
    const isCleared = isShown && !mine.note && !mine.activity;
    part("activity").textContent = isShown && !isCleared ? say(mine.activity || "free") : "";
    part("activity").dataset.activity = isShown && !isCleared ? mine.activity || "free" : "none";
    const presence = part("presence");
    presence.setAttribute("locale", start.lang);
    presence.setAttribute("note", mine.note || "");
    const state = isCleared ? say("cleared") : isShown ? "" : say("state_" + mine.state);
    part("state").textContent = state;
    part("state").hidden = !state;
}

function showChoices() {
    part("denied").hidden = mine.allowed;
    part("show").checked = mine.show;
    part("titles").checked = mine.titles !== "never";
    const isPaused = Boolean(mine.pausedUntil);
    part("paused").textContent = isPaused ? fill("pausedUntil", moment(mine.pausedUntil)) : say("pauseHelp");
    part("resume").hidden = !isPaused;
    for (const control of document.querySelectorAll("#choices input, #choices button")) control.disabled = !mine.allowed;
}

/** A change in words: when, what, and the presence of then. */
function change({ at, activity, note }) {
    const node = document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = new Date(at).toISOString();
    time.textContent = `${day(at)} ${clock(at)}`;
    const kind = document.createElement("span");
    kind.className = "activity";
    kind.dataset.activity = activity || "free";
    kind.textContent = say(activity || "free");
    const presence = document.createElement("calendar-presence");
    presence.setAttribute("locale", start.lang);
    presence.setAttribute("note", note);
    node.append(time, kind, presence);
    return node;
}

function item(text) {
    const node = document.createElement("li");
    node.textContent = text;
    return node;
}

/** What is wrong, and whom to ask. */
function trouble(error) {
    if (error === "unknownUser") return say("unknownUser");
    return say(error === "noMailbox" || mine.state === "noMailbox" ? "noMailbox" : "failed");
}

/** Chooses; what the service says then is shown, whatever was asked for. */
async function choose(fields) {
    part("saved").textContent = "";
    try {
        const answer = await line.ask({ mt: "SetMine", api: "Calendar", ...fields });
        if (answer.error) throw new Error(answer.error);
        take(answer);
        part("saved").textContent = say("saved");
    } catch (error) {
        console.info("My Calendar:", String(error));
        part("saved").textContent = say("notSaved");
        show();
    }
}

/** Until when: in an hour, midnight, or the beginning of the next Monday, each where this browser is. */
const UNTIL = {
    hour: () => Date.now() + HOUR,
    today: () => midnight(1),
    monday: () => midnight((8 - new Date().getDay()) % 7 || 7),
};

function midnight(days) {
    const date = new Date();
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function take(answer) {
    mine = answer;
    show();
}

async function live() {
    for (let wait = 1_000; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
        try {
            line = await Line.open((update) => take(update));
            take(await line.ask({ mt: "GetMine", api: "Calendar" }));
            wait = 1_000;
            await line.closed;
        } catch (error) {
            console.info("My Calendar:", String(error));
        }
        part("trouble").textContent = say("lost");
        part("trouble").hidden = false;
        await new Promise((resolve) => setTimeout(resolve, wait));
    }
}

function listen() {
    part("show").addEventListener("change", ({ target }) => choose({ show: target.checked }));
    part("titles").addEventListener("change", ({ target }) => choose({ titles: target.checked ? "asConfigured" : "never" }));
    for (const [id, until] of Object.entries(UNTIL)) part(id).addEventListener("click", () => choose({ pausedUntil: until() }));
    part("resume").addEventListener("click", () => choose({ pausedUntil: null }));
    start.onlangchanged.attach(show);
    // The line for now moves.
    setInterval(show, 60_000);
}

if (isInMyApps) {
    part("mine").hidden = false;
    open();
    follow();
    listen();
    import("../presence/calendar-presence.js").catch(() => {});
    live();
} else {
    part("card").hidden = false;
    follow();
}
