//! Certificates as another library writes them.
#![allow(clippy::unwrap_used)]

use calendar::settings::certificate::{Certificate, certificates};
use calendar::settings::guidance::day;
use proptest::prelude::*;
use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};

fn pem(names: &[(DnType, &str)], ends: (i32, u8, u8)) -> String {
    let mut params = CertificateParams::new(["mail.example.com".to_owned()]).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    for (kind, name) in names {
        params.distinguished_name.push(kind.clone(), *name);
    }
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(ends.0, ends.1, ends.2);
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().pem()
}

fn certificate(subject: &str, ends: i64) -> Certificate {
    Certificate { subject: subject.to_owned(), begins: day(2020, 1, 1), ends }
}

#[test]
fn subject_and_both_days_are_read() {
    let pem =
        pem(&[(DnType::OrganizationName, "Müller AG"), (DnType::CommonName, "Müller CA")], (2031, 12, 5));
    assert_eq!(certificates(&pem), [certificate("Müller CA", day(2031, 12, 5))]);
}

#[test]
fn the_organization_stands_in_for_a_missing_name() {
    let pem = pem(&[(DnType::OrganizationName, "Contoso")], (2049, 1, 31));
    assert_eq!(certificates(&pem), [certificate("Contoso", day(2049, 1, 31))]);
    assert_eq!(certificates(&self::pem(&[], (2030, 6, 1))), [certificate("", day(2030, 6, 1))]);
}

#[test]
fn years_from_2050_on_are_written_in_four_digits() {
    let pem = pem(&[(DnType::CommonName, "late")], (2050, 2, 3));
    assert_eq!(certificates(&pem), [certificate("late", day(2050, 2, 3))]);
}

#[test]
fn several_are_read_one_after_the_other() {
    let chain = pem(&[(DnType::CommonName, "one")], (2030, 1, 1))
        + &pem(&[(DnType::CommonName, "two")], (2031, 1, 1));
    let subjects: Vec<_> = certificates(&chain).into_iter().map(|certificate| certificate.subject).collect();
    assert_eq!(subjects, ["one", "two"]);
}

proptest! {
    #[test]
    fn anything_is_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0_usize..800) {
        let foreign = pem_of(&bytes);
        let _ = certificates(&foreign);
        let whole = pem(&[(DnType::CommonName, "whole")], (2030, 1, 1));
        let _ = certificates(whole.get(..cut.min(whole.len())).unwrap_or_default());
    }
}

/// Bytes as the body of a certificate.
fn pem_of(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| char::from(b'A' + byte % 26)).collect();
    format!("-----BEGIN CERTIFICATE-----\n{hex}\n-----END CERTIFICATE-----\n")
}
