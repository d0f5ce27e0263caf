//! Many notes in one piece of memory.

use crate::script;
use js_sys::Array;

/// Room for a few dozen notes: enough that crossing the border costs little for each.
const BYTES: usize = 16 * 1024;
const NOTES: usize = 128;

/// Notes in UTF-8, one after the other.
pub struct Notes {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    count: u32,
}

impl Notes {
    /// Room for notes.
    pub fn new() -> Self {
        Self { bytes: vec![0; BYTES], ends: vec![0; NOTES], count: 0 }
    }

    /// Takes notes from `from` on, at least one and as many as there is room for.
    pub fn take(&mut self, notes: &Array, from: u32) {
        if self.bytes.len() > BYTES {
            // A very long note came before.
            self.bytes = vec![0; BYTES];
        }
        self.count = script::encode(notes, from, &mut self.bytes, &mut self.ends);
        if self.count == 0 {
            self.bytes = vec![0; script::room(notes, from)];
            self.count = script::encode(notes, from, &mut self.bytes, &mut self.ends);
        }
    }

    /// How many were taken.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The notes that were taken.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let ends = self.ends.get(..to_usize(self.count)).unwrap_or_default();
        let end = ends.last().map_or(0, |end| to_usize(*end));
        // What is encoded is UTF-8.
        let text = core::str::from_utf8(self.bytes.get(..end).unwrap_or_default()).unwrap_or_default();
        let mut start = 0;
        ends.iter().map(move |end| {
            let note = text.get(start..to_usize(*end)).unwrap_or_default();
            start = to_usize(*end);
            note
        })
    }
}

/// The memory of wasm is addressed with 32 bit.
fn to_usize(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or_default()
}
