//! Own names in a report: each becomes a word with a number, the same wherever it stands.

use std::collections::BTreeMap;
use std::net::IpAddr;

use calendar::settings::Settings;
use url::Url;

use super::super::StepMessage;
use crate::source::steps::Subject;

/// Hosts of Microsoft, which are everybody's, by their ends.
const PUBLIC: [&str; 10] = [
    "microsoftonline.com",
    "microsoftonline.us",
    "microsoftonline.cn",
    "microsoft.com",
    "microsoft.us",
    "office365.com",
    "office365.us",
    "outlook.com",
    "outlook.cn",
    "chinacloudapi.cn",
];

/// What is known by name, in small letters, with the word that stands for it.
#[derive(Default)]
pub(super) struct Names {
    known: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, usize>,
}

impl Names {
    /// Those of settings and of whoever is tried.
    pub fn of(settings: &Settings, subject: &Subject) -> Self {
        let mut names = Self::default();
        let tried = subject.mailbox.iter().chain(&subject.outside);
        for address in [&settings.user, &settings.discovery_mailbox].into_iter().chain(tried) {
            names.account(address);
        }
        names.host(&settings.tenant_id, "domain");
        for url in [&settings.ews_url, &settings.autodiscover_url, &settings.http_proxy] {
            names.url(url);
        }
        names.add(&settings.pbx_name, "pbx");
        names
    }

    /// Those that a step has brought to light.
    pub fn learn(&mut self, message: &StepMessage) {
        if message.step == "reach" || message.step == "autodiscover" {
            message.part.iter().for_each(|part| self.host_or_url(part));
        }
        for (name, value) in &message.facts {
            let values = value.split(", ");
            match name.as_str() {
                "host" | "hosts" | "proxy" | "redirect" | "server" | "names" => {
                    values.for_each(|value| self.host_or_url(value));
                }
                "issuer" => self.add(value, "issuer"),
                "others" | "pbx" => values.for_each(|value| self.add(value, "pbx")),
                "mailbox" | "outside" => self.account(value),
                _ => {}
            }
        }
    }

    /// A text without names.
    pub fn hide(&mut self, text: &str) -> String {
        for address in text.split(|c: char| !is_of_address(c)).filter(|word| word.contains('@')) {
            self.account(address.trim_matches('.'));
        }
        let mut hidden = text.to_owned();
        let mut known: Vec<(&String, &String)> = self.known.iter().collect();
        // The longest first: a host below a domain is not only a domain.
        known.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (name, word) in known {
            hidden = replaced(&hidden, name, word);
        }
        self.numbers(&hidden)
    }

    fn account(&mut self, name: &str) {
        match name.rsplit_once('@') {
            Some((_, domain)) => {
                self.add(name, "mailbox");
                self.host(domain, "domain");
            }
            None => self.add(name, "user"),
        }
    }

    fn host_or_url(&mut self, text: &str) {
        if text.contains("://") { self.url(text) } else { self.host(text, "host") }
    }

    fn url(&mut self, text: &str) {
        if let Some(host) = Url::parse(text).ok().as_ref().and_then(Url::host_str) {
            self.host(host, "host");
        }
    }

    fn host(&mut self, text: &str, kind: &'static str) {
        let name = text.rsplit_once(':').filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()));
        let name = name.map_or(text, |(name, _)| name).trim_start_matches("*.").to_ascii_lowercase();
        let is_public = PUBLIC
            .iter()
            .any(|end| name.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
        // Those without a name are found by their form.
        let is_sentence = name.contains(' ');
        if !is_sentence && !is_public && address(&name).is_none() && !is_guid(&name) {
            self.add(&name, kind);
        }
    }

    fn add(&mut self, name: &str, kind: &'static str) {
        let name = name.trim().to_ascii_lowercase();
        if name.is_empty() || self.known.contains_key(&name) {
            return;
        }
        let word = self.next(kind);
        self.known.insert(name, word);
    }

    fn next(&mut self, kind: &'static str) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        format!("{kind}-{count}")
    }

    /// IDs are cut to eight digits, addresses of hosts get a word.
    fn numbers(&mut self, text: &str) -> String {
        let mut hidden = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_of_number) {
            let (before, from) = rest.split_at(start);
            hidden.push_str(before);
            let end = from.find(|c| !is_of_number(c)).unwrap_or(from.len());
            let (run, after) = from.split_at(end);
            let core = run.trim_end_matches(['.', ':']);
            let tail = run.get(core.len()..).unwrap_or_default();
            if is_guid(core) {
                hidden.push_str(core.get(..8).unwrap_or_default());
            } else if let Some(found) = address(core) {
                let name = found.to_string();
                let port = core.get(name.len()..).filter(|_| core.starts_with(&name)).unwrap_or_default();
                let word = match self.known.get(&name) {
                    Some(word) => word.clone(),
                    None => self.next("address"),
                };
                self.known.insert(name, word.clone());
                hidden.push_str(&word);
                hidden.push_str(port);
            } else {
                hidden.push_str(core);
            }
            hidden.push_str(tail);
            rest = after;
        }
        hidden + rest
    }
}

/// An address of a host, perhaps with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let without_port = || text.rsplit_once(':').and_then(|(host, _)| host.parse().ok());
    let found: Option<IpAddr> = bare.parse().ok().or_else(without_port);
    found.filter(|_| text.contains('.') || text.matches(':').count() > 1)
}

fn is_guid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

const fn is_of_number(c: char) -> bool {
    c.is_ascii_hexdigit() || matches!(c, '-' | ':' | '.')
}

fn is_of_address(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+' | '\'' | '#')
}

/// A text with a word in the place of a name, where that stands for itself.
fn replaced(text: &str, name: &str, word: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut hidden = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(name)).map(|at| at + from) {
        let end = at + name.len();
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        hidden.push_str(text.get(from..at).unwrap_or_default());
        hidden.push_str(if is_edge(before) && is_edge(after) {
            word
        } else {
            text.get(at..end).unwrap_or_default()
        });
        from = end;
    }
    hidden + text.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> Names {
        let settings = Settings {
            user: "svc@corp.example".to_owned(),
            ews_url: "https://mail.corp.example/EWS/Exchange.asmx".to_owned(),
            tenant_id: "corp.onmicrosoft.example".to_owned(),
            pbx_name: "Zentrale".to_owned(),
            ..Settings::default()
        };
        let subject = Subject { mailbox: Some("anna@corp.example".to_owned()), ..Subject::default() };
        Names::of(&settings, &subject)
    }

    #[test]
    fn own_names_become_words_and_the_same_name_the_same_word() {
        let mut names = names();
        for (text, hidden) in [
            ("The calendar of Anna@corp.example.", "The calendar of mailbox-2."),
            (
                "anna@corp.example and ben@corp.example, svc@corp.example",
                "mailbox-2 and mailbox-3, mailbox-1",
            ),
            (
                "https://mail.corp.example answers; autodiscover.corp.example does not",
                "https://host-1 answers; autodiscover.domain-1 does not",
            ),
            (
                "login.microsoftonline.com knows corp.onmicrosoft.example",
                "login.microsoftonline.com knows domain-2",
            ),
            (
                "The PBX Zentrale is connected, Zentralen are not",
                "The PBX pbx-1 is connected, Zentralen are not",
            ),
            ("10.1.2.3:8080 and 10.1.2.3, [fe80::1]", "address-1:8080 and address-1, [address-2]"),
            ("11111111-2222-3333-4444-555555555555 in 15.2.1544.14", "11111111 in 15.2.1544.14"),
            ("Calendars.Read (AADSTS7000215). See a-b.", "Calendars.Read (AADSTS7000215). See a-b."),
        ] {
            assert_eq!(names.hide(text), hidden, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_nothing_known_is_left(before in ".{0,12}", after in ".{0,12}") {
            let text = format!("{before} anna@corp.example {after}");
            let hidden = names().hide(&text).to_ascii_lowercase();
            prop_assert!(!hidden.contains("anna@corp.example"), "{hidden}");
        }
    }
}
