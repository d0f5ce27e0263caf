// The native viewer writes dates and times as the platform's CLDR does, and shows what the package shows.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { load } from "./package.mjs";

const PROGRAM = process.env.PBX_CALENDAR ?? fileURLToPath(new URL("../../target/debug/pbx-calendar", import.meta.url));
const LANGUAGES = "bs ca cs da de en es et eu fi fr hr hu it lv mk nl no pl pt ru sl sr sv th tr".split(" ");
const NOTES = [
  "Busy until 12:30 #busy #until:1514374200000",
  "Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:away #next:24:7:24:7",
  "Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day",
  "Free",
];

test("pbx-calendar present shows what the package shows", { skip: !existsSync(PROGRAM) && `${PROGRAM} is not built` }, async () => {
  const { PresenceFormatter } = await load();
  for (const language of LANGUAGES) {
    // The service's English has the day first and 24 hours.
    const formatter = new PresenceFormatter({ locale: language === "en" ? "en-GB" : language, timeZone: "America/New_York" });
    for (const note of NOTES) {
      for (const now of ["2017-12-27T09:00:00Z", "2017-01-02T09:00:00Z"]) {
        const options = ["--locale", language, "--time-zone", "America/New_York", "--now", now];
        const shown = execFileSync(PROGRAM, ["present", note, ...options], { encoding: "utf8" });
        assert.equal(shown, `${formatter.format(note, Date.parse(now))}\n`, `${language} ${note}`);
      }
    }
  }
});
