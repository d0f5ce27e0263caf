// The example notes of the innovaphone wiki, read by the presence library.

import { say } from "./language.js";

const NOTES = [
    "Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000",
    "Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7",
    "Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7",
    "Busy until 12:30 #busy #until:1514374200000",
    "Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day",
    "Free",
];

/** Fills the table with what the library reads. */
export async function showNotes(body) {
    try {
        const { default: init, parse } = await import("/presence/presence.js");
        await init();
        body.replaceChildren(...NOTES.map((note) => row(note, parse(note))));
    } catch (error) {
        const line = document.createElement("tr");
        line.append(cell(""));
        line.firstChild.colSpan = 6;
        line.firstChild.dataset.text = "presenceMissing";
        line.firstChild.textContent = say("presenceMissing");
        body.replaceChildren(line);
        console.info(String(error));
    }
}

function row(note, { text, activity, title, until, wholeDay, next }) {
    const line = document.createElement("tr");
    const instant = until === null ? "" : new Date(until).toISOString().slice(0, 16).replace("T", " ") + " UTC";
    const following = next === null ? "" : [next.activity, next.title].filter(Boolean).join(": ");
    line.append(
        cell(note, "note"),
        cell(text),
        cell(activity || "", "activity-" + activity),
        cell(title || ""),
        cell(wholeDay ? instant + ", whole day" : instant),
        cell(following),
    );
    return line;
}

function cell(content, cl) {
    const cell = document.createElement("td");
    cell.textContent = content;
    if (cl) cell.className = cl;
    return cell;
}
