//! Certificates in PEM form (RFC 7468) as they come out of tools, mails and pages: indented, with text around them, with
//! a byte order mark, without their line ends, under older labels.

use base64ct::{Base64, Encoding};

use super::clean::is_blank;

const BEGIN: &str = "-----BEGIN";
const END: &str = "-----END";
const DASHES: &str = "-----";
/// Bytes of base64 in a line.
const LINE: usize = 64;

/// What stands between a `BEGIN` and its `END`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A certificate, in DER form.
    Certificate(Vec<u8>),
    /// A certificate that is incomplete or cannot be decoded.
    Damaged,
    /// Something else, a key for instance.
    Other,
}

/// Labels of certificates: as it should be, as older tools write it, and as OpenSSL writes those that it has been told to
/// trust, with a remark about that behind the certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Certificate,
    Trusted,
    Other,
}

/// The blocks of a text. What stands around them is passed over.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, begun)) = rest.split_once(BEGIN) {
        let (label, body) = begun.split_once(DASHES).unwrap_or((begun, ""));
        let label = read_label(label);
        let body = body.split_once(BEGIN).map_or(body, |(body, _)| body);
        blocks.push(match label {
            Label::Other => Block::Other,
            label => read(label, body).map_or(Block::Damaged, Block::Certificate),
        });
        rest = begun;
    }
    blocks
}

/// Certificates in PEM form.
pub fn write(certificates: &[Vec<u8>]) -> String {
    let mut text = String::new();
    for certificate in certificates {
        let body = Base64::encode_string(certificate);
        text += "-----BEGIN CERTIFICATE-----\n";
        let mut rest = body.as_str();
        while !rest.is_empty() {
            let (line, next) = rest.split_at_checked(LINE).unwrap_or((rest, ""));
            text += line;
            text += "\n";
            rest = next;
        }
        text += "-----END CERTIFICATE-----\n";
    }
    text
}

fn read_label(label: &str) -> Label {
    let words: Vec<&str> = label.split(is_blank).filter(|word| !word.is_empty()).collect();
    match *words {
        ["CERTIFICATE"] | ["X509", "CERTIFICATE"] => Label::Certificate,
        ["TRUSTED", "CERTIFICATE"] => Label::Trusted,
        _ => Label::Other,
    }
}

/// The certificate under a label, from what follows it.
fn read(label: Label, text: &str) -> Option<Vec<u8>> {
    let (body, after) = text.split_once(END)?;
    let (end, _) = after.split_once(DASHES)?;
    if read_label(end) != label {
        return None;
    }
    // A text that stands in JSON has its line ends written out.
    let mut base64 = body.replace("\\n", "").replace("\\r", "");
    base64.retain(|c| !is_blank(c));
    let mut der = Base64::decode_vec(&base64).ok()?;
    let length = sequence(&der)?;
    match label {
        Label::Trusted => der.truncate(length),
        _ if length != der.len() => return None,
        _ => {}
    }
    Some(der)
}

/// Length of the DER SEQUENCE that begins here, the outside of every certificate; none if it is empty or cut off.
fn sequence(der: &[u8]) -> Option<usize> {
    let (length, content) = match der {
        [0x30, short @ 0..=0x7f, content @ ..] => (usize::from(*short), content),
        [0x30, 0x81, a, content @ ..] => (usize::from(*a), content),
        [0x30, 0x82, a, b, content @ ..] => (usize::from(u16::from_be_bytes([*a, *b])), content),
        _ => return None,
    };
    (1..=content.len()).contains(&length).then(|| der.len() - content.len() + length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The DER of a SEQUENCE that holds one NULL.
    const DER: [u8; 4] = [0x30, 2, 5, 0];
    const PEM: &str = "-----BEGIN CERTIFICATE-----\nMAIFAA==\n-----END CERTIFICATE-----\n";

    fn certificate() -> Block {
        Block::Certificate(DER.to_vec())
    }

    #[test]
    fn a_certificate_is_found_in_whatever_surrounds_it() {
        for text in [
            PEM.to_owned(),
            format!("\u{feff}{PEM}"),
            PEM.replace('\n', "\r\n"),
            PEM.replace('\n', "\r"),
            PEM.replace('\n', " "),
            PEM.replace('\n', ""),
            PEM.replace('\n', "\n    ").replace("MAIF", "MA\u{a0}\n\tIF"),
            PEM.replace('\n', "\u{200b}\n"),
            format!("\"{}\"", PEM.replace('\n', "\\n")),
            format!("Bag Attributes\n  subject=CN = x\n\n{PEM}\nRegards, Anna -- IT-----"),
            format!("ca: {}", PEM.trim_end()),
        ] {
            assert_eq!(blocks(&text), [certificate()], "{text}");
        }
    }

    #[test]
    fn older_labels_are_labels_too() {
        let x509 = PEM.replace("CERTIFICATE", "X509 CERTIFICATE");
        // The remark behind the certificate: another SEQUENCE.
        let trusted = PEM.replace("CERTIFICATE", "TRUSTED CERTIFICATE").replace("MAIFAA==", "MAIFADACBQA=");
        assert_eq!(blocks(&[PEM, &x509, &trusted].concat()), [certificate(), certificate(), certificate()]);
        // Elsewhere nothing may follow, and begin and end must belong together.
        assert_eq!(blocks(&PEM.replace("MAIFAA==", "MAIFADACBQA=")), [Block::Damaged]);
        assert_eq!(blocks(&PEM.replace("END ", "END TRUSTED ")), [Block::Damaged]);
    }

    #[test]
    fn what_is_damaged_or_else_does_not_hide_what_follows() {
        let key = PEM.replace("CERTIFICATE", "PRIVATE KEY");
        let cut = "-----BEGIN CERTIFICATE-----\nMAIF";
        let text = [cut, "\n", PEM, &key, PEM, &PEM.replace("MAIF", "!AIF"), cut].concat();
        let damaged = || Block::Damaged;
        assert_eq!(
            blocks(&text),
            [damaged(), certificate(), Block::Other, certificate(), damaged(), damaged()]
        );
        for text in ["", "MAIFAA==", "----BEGIN CERTIFICATE-----"] {
            assert_eq!(blocks(text), [], "{text}");
        }
        for text in ["-----BEGIN", "-----BEGIN PKCS7-----", "-----BEGIN CERTIFICATE REQUEST-----"] {
            assert_eq!(blocks(text), [Block::Other], "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..400), 0..4)) {
            let certificates: Vec<Vec<u8>> = contents.into_iter().map(|content| sequence_of(&content)).collect();
            let text = write(&certificates);
            prop_assert!(text.lines().all(|line| line.len() <= LINE));
            prop_assert_eq!(blocks(&text), certificates.into_iter().map(Block::Certificate).collect::<Vec<_>>());
        }

        #[test]
        fn any_text_is_taken(text in "(-----|BEGIN|END| |CERTIFICATE|TRUSTED|MAIF|AA==|\\PC|\n){0,40}") {
            let _ = blocks(&text);
        }
    }

    fn sequence_of(content: &[u8]) -> Vec<u8> {
        let [high, low] = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[0x30, 0x82, high, low], content].concat()
    }
}
