// Compiled by consumers.test.mjs; never run.

import init, { initSync, parse, PresenceFormatter } from "calendar-presence";
import type { Activity, FormatOptions, InitInput, Presence } from "calendar-presence";

const input: InitInput = new URL("https://example.com/presence_bg.wasm");
const loaded: Promise<unknown> = init();
await loaded;
await init({ module_or_path: input });
await init({ module_or_path: fetch("presence_bg.wasm") });
initSync({ module: new Uint8Array() });

const presence: Presence = parse("Busy #busy");
const activity: Activity | null = presence.activity;
const { text, title, until, wholeDay, next }: {
  text: string; title: string | null; until: number | null; wholeDay: boolean;
  next: { activity: Activity | null; title: string | null } | null;
} = presence;

const options: FormatOptions = { locale: "de", timeZone: "Europe/Berlin", hourCycle: "h23" };
const formatter = new PresenceFormatter(options);
new PresenceFormatter();
const shown: string = formatter.format("Busy #busy", Date.now());
const all: string[] = formatter.formatAll([shown]);
const change: number | undefined = formatter.nextChange("Busy #busy");
const resolved: { locale: string; timeZone: string; hourCycle: string; language: string } = formatter.resolvedOptions();
formatter.free();

export { activity, all, change, next, resolved, text, title, until, wholeDay };
