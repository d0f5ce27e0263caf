//! The Calendar API: appointments for other programs.

mod busy;
mod callers;
mod once;
mod world;
mod writing;
