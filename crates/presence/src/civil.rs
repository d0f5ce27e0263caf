//! Dates of the proleptic Gregorian calendar.

/// A date. The year before 1 is 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Date {
    pub year: i64,
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// The date of a day, counted from 1970-01-01.
    ///
    /// Years are counted from March, so that the day that may be missing is the last of a year, and in eras of 400
    /// years, which are all equally long.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "months and days of them are small"
    )]
    pub const fn from_day(day: i64) -> Self {
        const ERA: i64 = 146_097;
        let days = day + 719_468;
        let era = days.div_euclid(ERA);
        let day_of_era = days.rem_euclid(ERA);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let in_next_year = month_from_march >= 10;
        let month = if in_next_year { month_from_march - 9 } else { month_from_march + 3 };
        Self { year: era * 400 + year_of_era + in_next_year as i64, month: month as u8, day: day as u8 }
    }
}

#[cfg(test)]
mod tests {
    use super::Date;
    use chrono::{Datelike as _, NaiveDate};

    #[test]
    fn dates_are_those_of_chrono() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for day in (-2_000_000..2_000_000).step_by(13).chain(-1500..1500) {
            let expected = epoch + chrono::Duration::days(day);
            let date = Date::from_day(day);
            assert_eq!(
                (date.year, u32::from(date.month), u32::from(date.day)),
                (expected.year().into(), expected.month(), expected.day())
            );
        }
    }
}
