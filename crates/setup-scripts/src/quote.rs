//! Values as texts of a shell, of PowerShell, and of filters.

/// A text of a POSIX shell.
pub fn sh(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text of PowerShell, where five characters end one. Each is doubled.
pub fn powershell(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        quoted.push(c);
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(c);
        }
    }
    quoted.push('\'');
    quoted
}

/// A filter of `OData` or OPATH that compares with a text.
pub fn filter(property: &str, operator: &str, text: &str) -> String {
    format!("{property} {operator} '{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What PowerShell reads of a text in quotes.
    fn read_powershell(quoted: &str) -> Option<String> {
        let is_quote = |c: char| matches!(c, '\'' | '\u{2018}'..='\u{201b}');
        let mut rest = quoted.strip_prefix('\'')?.chars().peekable();
        let mut text = String::new();
        while let Some(c) = rest.next() {
            // Two quotes stand for one.
            if !is_quote(c) || rest.next_if(|next| is_quote(*next)).is_some() {
                text.push(c);
            } else {
                return rest.next().is_none().then_some(text);
            }
        }
        None
    }

    /// What a shell reads of a word made of such texts.
    fn read_sh(word: &str) -> Option<String> {
        let (mut rest, mut text) = (word, String::new());
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix('\'') {
                let (inside, after) = quoted.split_once('\'')?;
                text.push_str(inside);
                rest = after;
            } else {
                rest = rest.strip_prefix(r"\'")?;
                text.push('\'');
            }
        }
        Some(text)
    }

    #[test]
    fn quotes_are_doubled_or_left() {
        assert_eq!(sh("it's $x `y`"), r"'it'\''s $x `y`'");
        assert_eq!(powershell("it's ’$x"), "'it''s ’’$x'");
        assert_eq!(filter("displayName", "eq", "O'Neill"), "displayName eq 'O''Neill'");
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read_as_it_was(text in "[ -~äß‘’‚‛“$`\\\\]{0,40}") {
            prop_assert_eq!(read_sh(&sh(&text)), Some(text.clone()));
            prop_assert_eq!(read_powershell(&powershell(&text)), Some(text));
        }

        #[test]
        fn any_text_is_quoted(text: String) {
            prop_assert_eq!(read_sh(&sh(&text)), Some(text.clone()));
            prop_assert_eq!(read_powershell(&powershell(&text)), Some(text));
        }
    }
}
