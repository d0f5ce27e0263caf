//! Native speed on the notes that `cargo xtask bench presence` measures everywhere, or on the examples.

use calendar_presence::{Language, NativeViewer, Note};
use divan::Bencher;
use std::hint::black_box;

const EXAMPLES: &str = "Free
Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000
Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7
Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day";

/// 2026-11-21T09:30:00Z, as in the other benchmarks.
const NOW: i64 = 1_795_253_400_000;

fn main() {
    divan::main();
}

fn text() -> String {
    let file = std::env::var_os("PRESENCE_NOTES");
    file.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_else(|| EXAMPLES.to_owned())
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let text = text();
    let notes: Vec<&str> = text.lines().collect();
    bencher.bench_local(|| {
        for note in &notes {
            black_box(Note::parse(black_box(note)));
        }
    });
}

#[divan::bench]
fn format(bencher: Bencher<'_, '_>) {
    let text = text();
    let notes: Vec<&str> = text.lines().collect();
    let viewer = NativeViewer::new(Language::De, chrono_tz::Europe::Berlin);
    bencher.bench_local(|| {
        for note in &notes {
            black_box(Note::parse(black_box(note)).format(&viewer, NOW));
        }
    });
}
