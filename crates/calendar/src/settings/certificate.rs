//! What an administrator wants to know of a certificate: whose it is, from when and until when.
//!
//! Read by hand, because a browser has no way to do it and a library for it would outweigh the form. Nothing is
//! verified here; that is for the TLS library of the service.

use super::guidance::{Day, day};
use super::pem::{Block, blocks};

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The common name of whom it is for; the organization where there is none.
    pub subject: String,
    /// The first day on which it is valid.
    pub begins: Day,
    /// The last day on which it is valid.
    pub ends: Day,
}

/// The certificates of a text in PEM form. What cannot be read is left out.
pub fn certificates(pem: &str) -> Vec<Certificate> {
    let read = |block| if let Block::Certificate(der) = block { read(&der) } else { None };
    blocks(pem).into_iter().filter_map(read).collect()
}

// Tags of DER (X.690), and the last bytes of the object identifiers 2.5.4.3 and 2.5.4.10.
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const BMP_STRING: u8 = 0x1e;
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANIZATION: &[u8] = &[0x55, 4, 10];

/// A certificate as X.509 (RFC 5280, 4.1) has it.
fn read(der: &[u8]) -> Option<Certificate> {
    let certificate = Parts(der).next()?.1;
    let mut fields = Parts(Parts(certificate).next()?.1);
    // The version may be missing; then serial number, algorithm and issuer.
    let mut after = match fields.next()? {
        (VERSION, _) => fields.skip(3),
        _ => fields.skip(2),
    };
    let mut validity = Parts(after.next()?.1);
    let (begins, ends) = (time(validity.next()?)?, time(validity.next()?)?);
    let subject = after.next()?.1;
    let subject = name(subject, COMMON_NAME).or_else(|| name(subject, ORGANIZATION)).unwrap_or_default();
    Some(Certificate { subject, begins, ends })
}

/// The first attribute of a kind in a name.
fn name(names: &[u8], kind: &[u8]) -> Option<String> {
    let attributes = Parts(names).flat_map(|(_, set)| Parts(set));
    let mut values = attributes.filter_map(|(_, attribute)| {
        let mut parts = Parts(attribute);
        (parts.next()?.1 == kind).then(|| parts.next())?
    });
    match values.next()? {
        (BMP_STRING, text) => {
            let units =
                text.chunks_exact(2).filter_map(|unit| Some(u16::from_be_bytes(unit.try_into().ok()?)));
            Some(String::from_utf16_lossy(&units.collect::<Vec<_>>()))
        }
        (_, text) => Some(String::from_utf8_lossy(text).into_owned()),
    }
}

/// The day of a time: `YYMMDD…`, of 1950 to 2049, or `YYYYMMDD…`.
fn time((tag, text): (u8, &[u8])) -> Option<Day> {
    let digits: Vec<i64> = text.iter().map_while(|c| char::from(*c).to_digit(10)).map(i64::from).collect();
    let (year, rest) = match (tag, digits.as_slice()) {
        (UTC_TIME, [tens, ones, rest @ ..]) => {
            let year = tens * 10 + ones;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        (_, [thousands, hundreds, tens, ones, rest @ ..]) => {
            (thousands * 1000 + hundreds * 100 + tens * 10 + ones, rest)
        }
        _ => return None,
    };
    let [month, ten_months, date, ten_dates] = [rest.get(1)?, rest.first()?, rest.get(3)?, rest.get(2)?];
    Some(day(year, ten_months * 10 + month, ten_dates * 10 + date))
}

/// The parts of a constructed value one after the other, each with its tag.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let [tag, length, rest @ ..] = self.0 else { return None };
        // A length of 128 and more follows in so many bytes.
        let (length, rest) = match usize::from(length.wrapping_sub(0x80)) {
            count @ 1..=4 => {
                let (bytes, rest) = rest.split_at_checked(count)?;
                (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
            }
            _ => (usize::from(*length), rest),
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*tag, value))
    }
}
