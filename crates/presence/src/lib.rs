//! Parse, write and show the calendar presence line of an innovaphone PBX.
//!
//! The Calendar service writes one line of text into the presence of a user (contact `calendar:`). The line has two
//! parts: a text that is already readable, in the language and time zone of the service, and hash tags from which
//! a client rebuilds the text for its own.
//!
//! ```
//! use calendar_presence::{Activity, Language, NativeViewer, Note};
//!
//! let note = Note::parse("Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000");
//! assert_eq!(note.activity(), Some(Activity::Busy));
//! assert_eq!(note.title().map(|title| title.to_string()).as_deref(), Some("Meeting with Caption Sparrow"));
//! assert_eq!(note.until(), Some(1_514_374_200_000));
//!
//! // Somebody in Tokyo who reads German, on the day before.
//! let viewer = NativeViewer::new(Language::De, "Asia/Tokyo".parse()?);
//! let now = 1_514_280_000_000;
//! assert_eq!(note.format(&viewer, now), "Meeting with Caption Sparrow bis 27.12.2017 20:30");
//! # Ok::<(), chrono_tz::ParseError>(())
//! ```
//!
//! # Notes that are accepted
//!
//! ```text
//! Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000
//! Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7
//! Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7
//! Busy until 12:30 #busy #until:1514374200000
//! Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day
//! Free
//! ```
//!
//! # Grammar
//!
//! ```text
//! note     = text [1*blank tags] *blank
//! tags     = activity *(1*blank tag)                  ; what is not a tag of ours is skipped
//! activity = "#free" / "#busy" / "#away" / "#dnd"
//! tag      = "#len:" C [":" B]                        ; the text starts with a title of C code points, B bytes
//!          / "#until:" ["-"] T                        ; when the state ends, in UTC
//!          / "#whole-day"                             ; the end is a whole day
//!          / "#next-activity" [":"] A                 ; free, busy, away or dnd
//!          / "#next:" C ":" N [":" B ":" M]           ; the next title: N code points from C on, M bytes from B on
//! blank    = U+0009 to U+000D / U+0020 / U+00A0
//! ```
//!
//! The tags are found from the end: of the longest run of words with `#` that ends the note, they begin at the
//! first that is an activity. So a title may itself contain `#busy`. `T` counts milliseconds; an absolute value below
//! 100 000 000 000 counts seconds, as the published grammar has it. Positions count from the start of the note.
//!
//! # What is tolerated
//!
//! | seen | read as |
//! | --- | --- |
//! | `#next-activitybusy` and `#next-activity:busy` | the same |
//! | `#len` and `#next` without bytes | code points alone |
//! | bytes that disagree with the code points | the code points |
//! | code points that fall outside the text, bytes that fit | the bytes |
//! | neither fits | no title; [`Note::format`] shows the text as it was written |
//! | several blanks of any kind | one |
//! | tags in another order | the same, after the activity |
//! | a tag twice | the first well-formed one |
//! | tags nobody knows, `#`, `##x` | nothing |
//! | capital letters in tags | small ones |
//!
//! A word of a title that reads like a tag is escaped by one more `#` ([`Escaped`]).
//!
//! # Writing
//!
//! [`Presence::write`] is the inverse of [`Note::parse`]. It cleans the titles first ([`clean_title`]).
//!
//! # Showing
//!
//! [`Note::format`] rebuilds the text for a [`Viewer`]: a [`Language`] with its [`Words`], a [`Clock`] and a way of
//! writing dates and times. `NativeViewer` (feature `native`) has the zones of chrono-tz and writes dates as CLDR
//! does; a browser asks `Intl`. [`Note::next_change`] tells when the text becomes another one.
//!
//! A whole day is a day of the calendar, not an instant: it is looked for in the readable text, so that "until
//! 27.12.2017" does not turn into the 26th for a viewer further west.

#![no_std]

extern crate alloc;

mod activity;
mod blank;
mod civil;
mod digits;
mod escape;
mod invisible;
mod language;
#[cfg(feature = "native")]
mod native;
mod next_change;
mod numeric;
mod parse;
mod part;
mod tag;
mod title;
mod viewer;
mod whole_day;
mod words;
mod write;

pub use activity::Activity;
pub use escape::Escaped;
pub use invisible::has_no_width;
pub use language::{LANGUAGES, Language};
#[cfg(feature = "native")]
pub use native::NativeViewer;
pub use parse::{Next, Note};
pub use part::{Part, Word};
pub use title::clean_title;
pub use viewer::{Clock, Viewer};
pub use words::{Until, Words};
pub use write::Presence;
