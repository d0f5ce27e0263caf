/**
 * Parse calendar presence notes and show them in the viewer's language and time zone.
 *
 * ```js
 * import init, { PresenceFormatter } from "calendar-presence";
 *
 * await init();
 * const formatter = new PresenceFormatter({ locale: "de", timeZone: "Europe/Berlin" });
 * formatter.format("Busy until 12:30 #busy #until:1514374200000"); // "Beschäftigt bis 27.12.2017 12:30"
 * ```
 *
 * @packageDocumentation
 */

/** Where the WebAssembly module comes from. */
export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the WebAssembly module; everything else works once the promise is fulfilled.
 *
 * Without an argument the file `presence_bg.wasm` beside the script is fetched, or read in Node. Later calls give
 * the same promise; after a failure the module can be loaded again.
 */
export default function init(input?: { module_or_path: InitInput | Promise<InitInput> }): Promise<unknown>;

/** Loads a WebAssembly module that is at hand. Browsers limit its size on the main thread. */
export function initSync(input: { module: BufferSource | WebAssembly.Module }): unknown;

/** What a person is doing. */
export type Activity = "free" | "busy" | "away" | "dnd";

/** What a note says. */
export interface Presence {
  /** The readable part: the note without its tags. */
  text: string;
  /** The activity now; null when the note carries no tags. */
  activity: Activity | null;
  /** The title of the current appointment, when the text starts with one. */
  title: string | null;
  /** When the state ends, in milliseconds since the Unix epoch. */
  until: number | null;
  /** Whether the end is a whole day. */
  wholeDay: boolean;
  /** The next appointment, as far as it is known; null when nothing is. */
  next: { activity: Activity | null; title: string | null } | null;
}

/**
 * Reads a note. Never fails: what cannot be understood is not there.
 *
 * @param note The note of the presence with the contact `calendar:`.
 */
export function parse(note: string): Presence;

/** Who looks at a note. What is left out is as the platform has it. */
export interface FormatOptions {
  /** A BCP 47 language tag, such as `de-AT`. Its Unicode extensions (calendar, digits, hour cycle) are heeded. */
  locale?: string;
  /** An IANA time zone, such as `Europe/Vienna`. */
  timeZone?: string;
  /** How hours are counted; left out, as is usual in the locale. */
  hourCycle?: "h11" | "h12" | "h23" | "h24";
}

/**
 * Shows notes to one viewer. Making one is costly, using it is not: keep it.
 *
 * Dates and times read exactly as `Intl.DateTimeFormat` writes them.
 */
export class PresenceFormatter {
  /** @throws RangeError for a locale, time zone or hour cycle that does not exist. */
  constructor(options?: FormatOptions);

  /**
   * What the viewer reads.
   *
   * @param now Milliseconds since the Unix epoch; `Date.now()` if left out. An end on the same day is shown without
   *   its date.
   * @throws RangeError if `now` is not an instant that a `Date` can hold.
   */
  format(note: string, now?: number): string;

  /** What the viewer reads for each note. Several times faster than one by one. */
  formatAll(notes: string[], now?: number): string[];

  /**
   * The first instant after `now` at which `format` gives another text, in milliseconds since the Unix epoch;
   * undefined when the text stays as it is.
   */
  nextChange(note: string, now?: number): number | undefined;

  /** What came of the options. `language` is the language of the words: English where we have none for the locale. */
  resolvedOptions(): { locale: string; timeZone: string; hourCycle: string; language: string };

  /** Gives the memory back at once. Without it that happens when the formatter is garbage collected. */
  free(): void;
}
