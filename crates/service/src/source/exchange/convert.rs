//! An appointment of Exchange as the rest of the service knows it.

use calendar::appointment::{Sensitivity, ShowAs};

use super::days::{Days, days};
use super::soap::Item;
use crate::source::record::{Record, Times};

/// The appointment; `None` for what is none, or has no times. `organizer` is an address, or empty.
pub fn record(item: &Item, organizer: &str) -> Option<Record> {
    if item.is_master || item.id.is_empty() {
        return None;
    }
    let (times, zone) = if item.all_day {
        let Days { start, end, zone } = days(item)?;
        (Times::Days(start, end), zone)
    } else {
        (Times::Time(item.start?, item.end?), None)
    };
    Some(Record {
        id: item.id.clone(),
        series: None,
        subject: Record::title(&item.subject),
        times,
        show_as: show_as(item.show_as.as_deref()),
        sensitivity: sensitivity(item.sensitivity.as_deref()),
        organizer: organizer.to_owned(),
        cancelled: item.cancelled,
        is_open: false,
        declined: false,
        categories: Record::categories(&item.categories),
        zone,
    })
}

/// A word that this version does not know says as little as *No data*.
pub fn show_as(word: Option<&str>) -> ShowAs {
    match word.map(str::trim) {
        Some("Free") => ShowAs::Free,
        Some("Tentative") => ShowAs::Tentative,
        Some("Busy") => ShowAs::Busy,
        Some("OOF") => ShowAs::Oof,
        Some("WorkingElsewhere") => ShowAs::WorkingElsewhere,
        _ => ShowAs::NoData,
    }
}

/// A word that this version does not know hides the title: better once too often.
fn sensitivity(word: Option<&str>) -> Sensitivity {
    match word.map(str::trim) {
        None | Some("Normal") => Sensitivity::Normal,
        Some("Personal") => Sensitivity::Personal,
        Some("Confidential") => Sensitivity::Confidential,
        Some(_) => Sensitivity::Private,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Item {
        Item { id: "1".to_owned(), start: Some(1000), end: Some(2000), ..Item::default() }
    }

    #[test]
    fn words_of_exchange_become_ours() {
        for (word, expected) in [
            ("Free", ShowAs::Free),
            ("Tentative", ShowAs::Tentative),
            ("Busy", ShowAs::Busy),
            ("OOF", ShowAs::Oof),
            ("WorkingElsewhere", ShowAs::WorkingElsewhere),
            ("NoData", ShowAs::NoData),
            ("Holiday", ShowAs::NoData),
        ] {
            let item = Item { show_as: Some(word.to_owned()), ..item() };
            assert_eq!(record(&item, "").unwrap().show_as, expected, "{word}");
        }
        assert_eq!(record(&item(), "").unwrap().show_as, ShowAs::NoData);
        for (word, expected) in [
            ("Normal", Sensitivity::Normal),
            ("Personal", Sensitivity::Personal),
            ("Private", Sensitivity::Private),
            ("Confidential", Sensitivity::Confidential),
            ("Secret", Sensitivity::Private),
        ] {
            let item = Item { sensitivity: Some(word.to_owned()), ..item() };
            assert_eq!(record(&item, "").unwrap().sensitivity, expected, "{word}");
        }
    }

    #[test]
    fn what_is_no_appointment_is_left_out() {
        assert_eq!(record(&Item { is_master: true, ..item() }, ""), None);
        assert_eq!(record(&Item { end: None, ..item() }, ""), None);
        assert_eq!(record(&Item { id: String::new(), ..item() }, ""), None);
        assert_eq!(record(&item(), "a@x").unwrap().organizer, "a@x");
    }
}
