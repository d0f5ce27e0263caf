//! The certificate that a server shows, where it is not trusted: an administrator has to see whose it is.

use chrono::DateTime;
use sha2::{Digest, Sha256};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::Outcome;

/// Names of a certificate that are shown.
const MOST_NAMES: usize = 8;
/// So many characters of a name that somebody else chose.
const MOST_CHARS: usize = 200;

/// Adds what there is to be seen of a chain, whose first certificate is the server's.
pub fn add(outcome: Outcome, chain: &[Vec<u8>]) -> Outcome {
    let Some(first) = chain.first() else { return outcome };
    let Ok((_, certificate)) = X509Certificate::from_der(first) else { return outcome };
    let day =
        |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default().format("%Y-%m-%d").to_string();
    let names = certificate.subject_alternative_name().ok().flatten();
    let names = names.map(|names| names.value.general_names.as_slice()).unwrap_or_default();
    let names = names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(plain(name)),
        _ => None,
    });
    let (issuer, names) =
        (plain(&certificate.issuer().to_string()), names.take(MOST_NAMES).collect::<Vec<_>>().join(", "));
    let validity = certificate.validity();
    let (from, until) = (day(validity.not_before.timestamp()), day(validity.not_after.timestamp()));
    let detail =
        format!("{} It is for {names}, issued by {issuer}, valid from {from} until {until}.", outcome.detail);
    // The last one is the nearest to the authority that is to be trusted.
    let pem = chain.last().map(|der| pem(der)).unwrap_or_default();
    outcome
        .saying(detail)
        .fact("issuer", issuer)
        .fact("names", names)
        .fact("from", from)
        .fact("until", until)
        .fact("fingerprint", hex::encode(Sha256::digest(first)))
        .fact("pem", pem)
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(MOST_CHARS).collect()
}

fn pem(der: &[u8]) -> String {
    use base64::Engine;
    let text = base64::prelude::BASE64_STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at_checked(64).unwrap_or((rest, ""));
        pem.push_str(line);
        pem.push('\n');
        rest = more;
    }
    pem + "-----END CERTIFICATE-----\n"
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    #[test]
    fn a_certificate_is_shown_with_issuer_names_and_dates() {
        let made = rcgen::generate_simple_self_signed(vec!["mail.corp.example".to_owned()]).unwrap();
        let outcome = add(Outcome::row(Verdict::Failed, "certificate"), &[made.cert.der().to_vec()]);
        assert_eq!(outcome.facts["names"], "mail.corp.example");
        assert!(outcome.facts["issuer"].contains("CN="), "{outcome:?}");
        assert_eq!(outcome.facts["pem"].replace('\r', ""), made.cert.pem().replace('\r', ""));
        assert_eq!(outcome.facts["fingerprint"].len(), 64);
        let none = Outcome::row(Verdict::Failed, "certificate");
        assert_eq!(add(none.clone(), &[b"no certificate".to_vec()]), none);
        assert_eq!(add(none.clone(), &[]), none);
    }
}
