//! What a text holds that should hold certificates. Knows no browser.

use calendar::settings::certificate::{Certificate, certificates};
use calendar::settings::guidance::Day;
use calendar::settings::pem::{Block, blocks};

/// How a certificate stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It will begin.
    NotYet,
    /// It holds.
    Valid,
    /// It has ended.
    Expired,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A private key stands in it.
    PrivateKey,
    /// A certificate in it cannot be read.
    Damaged,
    /// It is the content of a file that is no text.
    Binary,
    /// There is no certificate.
    Nothing,
}

/// How a certificate stands today.
pub fn validity(certificate: &Certificate, today: Day) -> Validity {
    if today > certificate.ends {
        Validity::Expired
    } else if today < certificate.begins {
        Validity::NotYet
    } else {
        Validity::Valid
    }
}

/// The certificates of a text, and what is wrong with it, the gravest alone.
pub fn contents(text: &str) -> (Vec<Certificate>, Option<Fault>) {
    let found = certificates(text);
    let begun = blocks(text).into_iter().filter(|block| *block != Block::Other).count();
    let fault = if count(text, b"PRIVATE KEY-----") > 0 {
        Some(Fault::PrivateKey)
    } else if begun > found.len() {
        Some(Fault::Damaged)
    } else if begun > 0 {
        None
    } else if text.contains(['\0', char::REPLACEMENT_CHARACTER]) {
        Some(Fault::Binary)
    } else {
        Some(Fault::Nothing)
    };
    (found, fault)
}

/// How often a text has this part. Not by the search of texts, which would weigh more than the rest of this file.
fn count(text: &str, part: &[u8]) -> usize {
    text.as_bytes().windows(part.len()).filter(|window| *window == part).count()
}

/// So many days in the unit that a person would count them in.
pub fn in_words(days: Day) -> (Day, &'static str) {
    match days.abs() {
        0..60 => (days, "day"),
        60..730 => (days / 30, "month"),
        _ => (days / 365, "year"),
    }
}

#[cfg(test)]
mod tests {
    use calendar::settings::guidance::day;

    use super::*;

    /// Of an authority named `Corp Root CA`, from 2021-03-04 to 2049-03-03.
    const PEM: &str = include_str!("../../../../tests/certificates/root.pem");
    const KEY: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";

    fn faults(text: &str) -> (usize, Option<Fault>) {
        let (found, fault) = contents(text);
        (found.len(), fault)
    }

    #[test]
    fn a_certificate_is_found_with_its_days() {
        let (found, fault) = contents(PEM);
        let [root] = &*found else { panic!("{found:?}") };
        assert_eq!((&*root.subject, fault), ("Corp Root CA", None));
        for (today, expected) in [
            (day(2021, 3, 3), Validity::NotYet),
            (day(2021, 3, 4), Validity::Valid),
            (day(2049, 3, 3), Validity::Valid),
            (day(2049, 3, 4), Validity::Expired),
        ] {
            assert_eq!(validity(root, today), expected);
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        let damaged = PEM.replace("MII", "");
        assert_eq!(faults(&[PEM, PEM].concat()), (2, None));
        assert_eq!(faults(&[PEM, KEY].concat()), (1, Some(Fault::PrivateKey)));
        assert_eq!(faults(&KEY.replace("ENCRYPTED ", "EC ")), (0, Some(Fault::PrivateKey)));
        assert_eq!(faults(&[PEM, &damaged].concat()), (1, Some(Fault::Damaged)));
        assert_eq!(faults("-----BEGIN CERTIFICATE-----\nMIIB"), (0, Some(Fault::Damaged)));
        assert_eq!(faults("0\u{fffd}\u{fffd}\u{3}"), (0, Some(Fault::Binary)));
        assert_eq!(faults("Corp Root CA"), (0, Some(Fault::Nothing)));
        assert_eq!(faults("-----BEGIN CERTIFICATE REQUEST-----"), (0, Some(Fault::Nothing)));
    }

    #[test]
    fn days_are_counted_as_a_person_would() {
        for (days, expected) in [
            (0, (0, "day")),
            (59, (59, "day")),
            (-59, (-59, "day")),
            (60, (2, "month")),
            (729, (24, "month")),
            (730, (2, "year")),
            (-1563, (-4, "year")),
        ] {
            assert_eq!(in_words(days), expected);
        }
    }
}
