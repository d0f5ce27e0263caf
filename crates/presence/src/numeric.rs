//! Dates and times in figures, as CLDR writes them for the languages we have words for.

use crate::Language;
use crate::civil::Date;
use alloc::string::String;
use core::fmt::Write as _;

impl Language {
    /// Appends a day, counted from 1970-01-01, such as `27.12.2017`.
    pub fn append_date(self, day: i64, text: &mut String) {
        let Date { year, month, day } = Date::from_day(day);
        // Thai dates are in the Buddhist calendar. A year before 1 is written as CLDR does without its era.
        let year = match self {
            Self::Th => year + 543,
            _ if year < 1 => 1 - year,
            _ => year,
        };
        // Writing to a String cannot fail.
        let _ = match self {
            Self::Bs | Self::Hr => write!(text, "{day:02}. {month:02}. {year}."),
            Self::Cs | Self::Sl => write!(text, "{day:02}. {month:02}. {year}"),
            Self::Da
            | Self::De
            | Self::Et
            | Self::Fi
            | Self::Lv
            | Self::No
            | Self::Pl
            | Self::Ru
            | Self::Tr => write!(text, "{day:02}.{month:02}.{year}"),
            Self::Ca | Self::En | Self::Es | Self::Fr | Self::It | Self::Pt | Self::Th => {
                write!(text, "{day:02}/{month:02}/{year}")
            }
            Self::Eu => write!(text, "{year}/{month:02}/{day:02}"),
            Self::Hu => write!(text, "{year}. {month:02}. {day:02}."),
            Self::Mk => write!(text, "{day:02}.{month:02}.{year} г."),
            Self::Nl => write!(text, "{day:02}-{month:02}-{year}"),
            Self::Sr => write!(text, "{day:02}.{month:02}.{year}."),
            Self::Sv => write!(text, "{year}-{month:02}-{day:02}"),
        };
    }

    /// Appends a minute of the day, 0 to 1439, such as `12:30`.
    pub fn append_time(self, minute: u16, text: &mut String) {
        let separator = match self {
            Self::Da | Self::Fi => '.',
            _ => ':',
        };
        let _ = write!(text, "{:02}{separator}{:02}", minute / 60, minute % 60);
    }
}
