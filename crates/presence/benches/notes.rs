//! Native speed on the notes that `cargo xtask bench presence` measures everywhere, or on the examples.

use calendar_presence::{Language, NativeViewer, Note};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const EXAMPLES: &str = "Free
Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000
Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7
Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day";

/// 2026-11-21T09:30:00Z, as in the other benchmarks.
const NOW: i64 = 1_795_253_400_000;

fn notes(criterion: &mut Criterion) {
    let file = std::env::var_os("PRESENCE_NOTES");
    let text =
        file.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_else(|| EXAMPLES.to_owned());
    let notes: Vec<&str> = text.lines().collect();
    let bytes: usize = notes.iter().map(|note| note.len()).sum();
    let viewer = NativeViewer::new(Language::De, chrono_tz::Europe::Berlin);

    let mut group = criterion.benchmark_group("notes");
    group.throughput(Throughput::ElementsAndBytes { elements: notes.len() as u64, bytes: bytes as u64 });
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            for note in &notes {
                black_box(Note::parse(black_box(note)));
            }
        });
    });
    group.bench_function("format", |bencher| {
        bencher.iter(|| {
            for note in &notes {
                black_box(Note::parse(black_box(note)).format(&viewer, NOW));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, notes);
criterion_main!(benches);
