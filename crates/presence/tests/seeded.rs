//! The bodies of the fuzz targets with 100 000 seeded inputs each: notes, mutated, and random bytes.

#![allow(clippy::indexing_slicing, reason = "these are tests")]

#[path = "../../../fuzz/src/lib.rs"]
mod targets;

use fastrand::Rng;
use targets::{TARGETS, Target};

const INPUTS: usize = 100_000;

const SEEDS: [&str; 8] = [
    "Free",
    "Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000",
    "Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7",
    "Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7",
    "Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day",
    "##free ##until:5 bis ๒๗/๑๒/๒๕๖๐ (Beschäftigt: 🎂 ##x) #dnd #len:7 #whole-day #next:40:5 #until:-99",
    "Über\u{a0}x\u{2028} #AWAY\t#LEN:99:5 #Until:8640000000000000 #next-activitydnd #next:1:2:3:4",
    "x #busy #until:1289098800000",
];
const PIECES: [&str; 20] = [
    "#",
    "##",
    "#busy",
    "#free ",
    "#len:",
    "#until:",
    "#next:",
    "#next-activity:",
    "#whole-day",
    ":",
    "-",
    " ",
    "\u{a0}",
    "é",
    "🎂",
    "٢",
    "0",
    "18446744073709551615",
    "8640000000000000",
    "12",
];

#[test]
fn parse() {
    run(TARGETS[0]);
}

#[test]
fn round_trip() {
    run(TARGETS[1]);
}

#[test]
fn format() {
    run(TARGETS[2]);
}

fn run((name, body): Target) {
    let mut random = Rng::with_seed(1);
    for number in 0..INPUTS {
        let input = input(&mut random);
        let result = std::panic::catch_unwind(|| body(&input));
        assert!(result.is_ok(), "{name}, input {number}: {:?}", String::from_utf8_lossy(&input));
    }
}

fn input(random: &mut Rng) -> Vec<u8> {
    // What the targets take from the front: language, zone and the like.
    let mut input = bytes(random, 24);
    if random.u8(..) < 16 {
        input.extend(bytes(random, 200));
        return input;
    }
    let start = input.len();
    input.extend(SEEDS[random.usize(..SEEDS.len())].as_bytes());
    for _ in 0..random.usize(..8) {
        let at = random.usize(start..=input.len());
        match random.u8(..4) {
            0 => drop(input.splice(at..at, PIECES[random.usize(..PIECES.len())].bytes())),
            1 => drop(input.drain(at..(at + random.usize(..6)).min(input.len()))),
            2 if at < input.len() => input[at] = random.u8(..),
            _ => drop(input.splice(at..at, SEEDS[random.usize(..SEEDS.len())].bytes())),
        }
    }
    input
}

fn bytes(random: &mut Rng, below: usize) -> Vec<u8> {
    let mut bytes = vec![0; random.usize(..below)];
    random.fill(&mut bytes);
    bytes
}
