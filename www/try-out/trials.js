// Things to try with one click: each changes a setting, tells how many presences followed, and can be put back.

import { say, setText } from "./language.js";
import { Line } from "./line.js";
import { login, serviceMode } from "./manager.js";

/** The code of *Do not disturb* in a mapping. */
const DO_NOT_DISTURB = 3;
/** For so long after a change presences that change are counted as its consequence, in milliseconds. */
const SETTLING = 6_000;

const TRIALS = [
    { name: "trialBusy", change: () => ({ mapBusy: DO_NOT_DISTURB }) },
    { name: "trialTitles", change: () => ({ showSubject: false }) },
    {
        name: "trialSecret",
        change: ({ item }) => ({ [item]: "wrong" }),
        // What is secret cannot be read; that of the demo is known.
        back: ({ item, value }) => ({ [item]: value }),
    },
];

/** Fills the list of trials; the result shows it anew in another language. */
export function showTrials(list, colleagues) {
    const cards = TRIALS.map((trial) => new Card(trial, colleagues));
    list.append(...cards.map(({ node }) => node));
    return () => cards.forEach((card) => card.show());
}

class Card {
    #news = null;
    #count = 0;
    #counting = 0;

    constructor(trial, colleagues) {
        this.trial = trial;
        this.colleagues = colleagues;
        this.node = document.createElement("li");
        this.button = document.createElement("button");
        this.button.type = "button";
        this.hint = document.createElement("p");
        this.status = document.createElement("p");
        this.status.setAttribute("role", "status");
        this.node.append(this.button, this.hint, this.status);
        this.button.addEventListener("click", () => this.press());
    }

    /** What was there before, as long as the change holds: another visit can put it back too. */
    get before() {
        return JSON.parse(sessionStorage.getItem("try-out." + this.trial.name));
    }

    set before(items) {
        if (items) sessionStorage.setItem("try-out." + this.trial.name, JSON.stringify(items));
        else sessionStorage.removeItem("try-out." + this.trial.name);
    }

    show() {
        const { name } = this.trial;
        const isTried = this.before !== null;
        const label = isTried ? say("putBack", say(name)) : say(name);
        setText(this.button, label);
        setText(this.hint, say(name + "Hint"));
        this.node.classList.toggle("tried", isTried);
        const count = this.#count === 1 ? say("changedOne") : say("changed", this.#count);
        setText(this.status, this.#news === "changed" ? count : this.#news ? say(this.#news) : "");
    }

    async press() {
        if (this.button.getAttribute("aria-disabled") === "true") return;
        this.button.setAttribute("aria-disabled", "true");
        this.#news = "changing";
        this.show();
        try {
            const seen = this.colleagues.seen();
            this.before = await write(this.before, this.trial);
            this.#news = "changed";
            this.#count = 0;
            this.#countFrom(seen);
        } catch (error) {
            console.info(String(error));
            this.#news = "notChanged";
        }
        this.button.removeAttribute("aria-disabled");
        this.show();
    }

    /** Counts those who are shown otherwise than then, until what follows has followed. */
    #countFrom(seen) {
        const counting = ++this.#counting;
        const end = Date.now() + SETTLING;
        const changed = new Set();
        const look = () => {
            if (counting !== this.#counting) return;
            for (const [guid, shown] of this.colleagues.seen()) {
                if (seen.has(guid) && seen.get(guid) !== shown) changed.add(guid);
            }
            this.#count = changed.size;
            this.show();
            if (Date.now() < end) setTimeout(look, 200);
        };
        look();
    }
}

/** Puts `before` back, or where there is none makes the change of a trial. What there is to put back then. */
async function write(before, { change, back }) {
    const { credential } = await serviceMode();
    const wanted = before || change(credential);
    const line = await Line.open(login);
    try {
        const { ConfigItems } = await line.ask({ mt: "ReadConfig", api: "Calendar" });
        const { result } = await line.ask({ mt: "WriteConfig", api: "Calendar", ConfigItems: wanted });
        if (result !== "ok") throw new Error("the service answers " + result);
        if (before) return null;
        return back ? back(credential) : Object.fromEntries(Object.keys(wanted).map((item) => [item, ConfigItems[item]]));
    } finally {
        line.close();
    }
}
