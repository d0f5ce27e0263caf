//! What people write into the e-mail list of a user: one address or several, as they stand in other programs.

/// Before an address, in any letter case.
const PREFIXES: [&str; 2] = ["smtp:", "mailto:"];

/// The addresses and names in an entry. Semicolons, commas and line ends separate them; those within a quoted name do not.
pub(super) fn addresses(entry: &str) -> Vec<&str> {
    split(entry, &[';', '\n', '\r']).into_iter().flat_map(list).collect()
}

/// What commas separate. A piece without an address before `Name <address>` is a part of that name: *Walker, Carl <…>*.
fn list(text: &str) -> Vec<&str> {
    let mut addresses = Vec::new();
    let mut names = Vec::new();
    for piece in split(text, &[',']) {
        match in_brackets(piece) {
            Some(address) => {
                names.clear();
                addresses.push(plain(address));
            }
            None if piece.contains('@') => {
                addresses.append(&mut names);
                addresses.push(plain(piece));
            }
            None => names.push(plain(piece)),
        }
    }
    addresses.append(&mut names);
    addresses.retain(|address| !address.is_empty());
    addresses
}

/// Pieces between separators that stand outside of quotes. A quote without its other half is an ordinary character.
fn split<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut quoted_until = 0;
    for (place, char) in text.char_indices().filter(|(_, char)| *char == '"' || separators.contains(char)) {
        if place < quoted_until {
            continue;
        }
        let after = place + char.len_utf8();
        if char == '"' {
            quoted_until = text.get(after..).and_then(|rest| rest.find('"')).map_or(0, |end| after + end + 1);
        } else {
            pieces.extend(text.get(begin..place));
            begin = after;
        }
    }
    pieces.extend(text.get(begin..));
    pieces
}

/// The address of `Name <address>`.
fn in_brackets(piece: &str) -> Option<&str> {
    let (_, rest) = piece.rsplit_once('<')?;
    rest.split('>').next()
}

/// An address without what stands around it.
fn plain(text: &str) -> &str {
    let text = text.trim().trim_matches(|char: char| matches!(char, '"' | '\'' | '<' | '>')).trim();
    for prefix in PREFIXES {
        if text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            let address = text.get(prefix.len()..).unwrap_or_default();
            // What is to be written stands behind a question mark in a link.
            return address.split('?').next().unwrap_or_default().trim();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_taken_as_people_paste_them() {
        for (entry, expected) in [
            ("a@x.org", &["a@x.org"][..]),
            (" a@x.org ; b@x.org,c@x.org\r\nd@x.org\n", &["a@x.org", "b@x.org", "c@x.org", "d@x.org"]),
            ("smtp:a@x.org;SMTP:b@x.org", &["a@x.org", "b@x.org"]),
            ("mailto:a@x.org?subject=Hello, MailTo: b@x.org", &["a@x.org", "b@x.org"]),
            ("Anna <a@x.org>", &["a@x.org"]),
            ("Anna <smtp:a@x.org>, <b@x.org>", &["a@x.org", "b@x.org"]),
            ("\"Walker, Carl; Dr.\" <c@x.org>; b@x.org", &["c@x.org", "b@x.org"]),
            ("Walker, Carl <c@x.org>", &["c@x.org"]),
            ("Walker, Carl <c@x.org", &["c@x.org"]),
            ("support, b@x.org, sales", &["support", "b@x.org", "sales"]),
            ("'a@x.org'", &["a@x.org"]),
            ("o'neil@x.org", &["o'neil@x.org"]),
            ("\"a@x.org, b@x.org", &["a@x.org", "b@x.org"]),
            (";,<>;\n\"\"", &[]),
            ("", &[]),
        ] {
            assert_eq!(addresses(entry), expected, "{entry:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_is_taken(entry in "([ab@<>\",;:\n ]|mailto:|smtp:|ä){0,20}") {
            for address in addresses(&entry) {
                assert!(!address.is_empty() && !address.contains([';', '\n']) || entry.contains('"'));
            }
        }
    }
}
