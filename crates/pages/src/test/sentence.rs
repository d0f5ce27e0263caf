//! What a step says in the language of the form. A word or code that nobody knows here is shown as it is.

use calendar::settings::{Code, Item};
use kit::{Language, Words, fill};
use texts::test::{ok, skipped, state as states, step};
use texts::{advice, choices, label, problem};

use super::line::{self, Line};

/// What a step, or a part of one, is called.
pub fn name(language: Language, line: &Line) -> String {
    match &line.part {
        Some(part) if part == "event" => step::EVENT.in_language(language).to_owned(),
        Some(part) => part.clone(),
        None => line::name(&line.step)
            .map_or_else(|| line.step.clone(), |words| words.in_language(language).to_owned()),
    }
}

/// How it stands.
pub fn state(state: &str) -> Words {
    match state {
        "ok" => states::OK,
        "warning" => states::WARNING,
        "failed" => states::FAILED,
        "skipped" => states::SKIPPED,
        _ => states::RUNNING,
    }
}

/// What it says.
pub fn sentence(language: Language, line: &Line) -> String {
    let told = match &*line.state {
        "running" if line.part.as_deref() == Some("event") => {
            Some((ok::CHANGE_NOW, vec![line.fact("mailbox").to_owned()]))
        }
        "ok" => well(line),
        "skipped" => left_out(language, line),
        "failed" | "warning" => return trouble(language, line),
        _ => None,
    };
    told.map(|(words, values)| filled(language, words, &values)).unwrap_or_default()
}

/// Whether the service alone knows what this means.
pub fn is_unknown(line: &Line) -> bool {
    match &*line.state {
        "skipped" => left_out(Language::En, line).is_none(),
        _ => line.is_problem() && wrong(Language::En, line).is_none(),
    }
}

fn filled(language: Language, words: Words, values: &[String]) -> String {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    fill(words.in_language(language), &values)
}

/// A sentence with what it is filled with.
type Told = Option<(Words, Vec<String>)>;

fn well(line: &Line) -> Told {
    let fact = |name: &str| line.fact(name).to_owned();
    let has = |name: &str| line.facts.contains_key(name);
    let words = match (&*line.step, line.part.is_some()) {
        ("reach", is_part) => {
            return Some((ok::REACH, vec![fact(if is_part { "addresses" } else { "hosts" })]));
        }
        ("autodiscover", true) => ok::FOUND,
        ("streaming", true) => ok::CHANGED,
        ("settings", _) => ok::SETTINGS,
        ("tenant", _) => ok::TENANT,
        ("signIn", _) => ok::SIGN_IN,
        ("token", _) => ok::TOKEN,
        ("mailbox" | "appointments", _) => {
            return Some((ok::MAILBOX, vec![fact("mailbox"), fact("appointments")]));
        }
        ("lookup", _) => return Some((ok::LOOKUP, vec![fact("accounts")])),
        ("zone", _) => return Some((ok::ZONE, vec![fact("zone")])),
        ("autodiscover", _) => return Some((ok::AUTODISCOVER, vec![fact("server")])),
        ("schemes", _) if has("offered") => return Some((ok::SCHEMES, vec![fact("offered")])),
        ("schemes", _) => ok::NO_LOGIN,
        ("login", _) => ok::LOGIN,
        ("ews", _) => ok::EWS,
        ("ownMailbox", _) => ok::OWN_MAILBOX,
        ("impersonation", _) => return Some((ok::IMPERSONATION, vec![fact("mailbox")])),
        ("streaming", _) => ok::STREAMING,
        ("version", _) => return Some((ok::VERSION, vec![fact("version")])),
        ("outside", _) => return Some((ok::OUTSIDE, vec![fact("outside")])),
        ("roles", _) if has("roles") => return Some((ok::ROLES, vec![fact("roles")])),
        ("roles", _) => ok::NO_ROLES,
        ("throttle", _) => ok::THROTTLE,
        ("pbx", _) => return Some((ok::PBX, vec![fact("pbx")])),
        ("pbxRights", _) => ok::PBX_RIGHTS,
        ("pbxUsers", _) => return Some((ok::PBX_USERS, vec![fact("users")])),
        ("match", _) => return Some((ok::MATCH, vec![fact("matched"), fact("users")])),
        _ => return None,
    };
    Some((words, Vec::new()))
}

fn left_out(language: Language, line: &Line) -> Told {
    let words = match line.fact("why") {
        "needs" => {
            let needs = line.fact("needs");
            let name = line::name(needs).map_or(needs, |words| words.in_language(language));
            return Some((skipped::NEEDS, vec![name.to_owned()]));
        }
        "cancelled" => skipped::CANCELLED,
        "noMailbox" => skipped::NO_MAILBOX,
        "noVersion" => skipped::NO_VERSION,
        "tooOld" => skipped::TOO_OLD,
        _ => return None,
    };
    Some((words, Vec::new()))
}

/// What is wrong and what to do, with what the other side said in brackets.
fn trouble(language: Language, line: &Line) -> String {
    let code = line.code.as_deref().unwrap_or_default();
    let Some(sentence) = wrong(language, line) else {
        return filled(language, advice::UNKNOWN, &[code.to_owned()]);
    };
    // Words of our own are no news.
    let is_ours =
        line.advice.as_deref() == Some(code) || matches!(code, "wait" | "redirect" | "noEvent" | "");
    let is_shorter = !is_ours && code.chars().any(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    if is_shorter { [&*sentence, " (", code, ")"].concat() } else { sentence }
}

fn wrong(language: Language, line: &Line) -> Option<String> {
    let word = line.advice.as_deref()?;
    let fact = |name: &str| line.fact(name).to_owned();
    let host = || line.facts.get("host").or(line.part.as_ref()).cloned().unwrap_or_default();
    let code = line.code.as_deref().unwrap_or_default();
    let (words, values) = match word {
        "password" if code == "wait" => (advice::PASSWORD_WAIT, vec![fact("seconds")]),
        "autodiscover" if code == "redirect" => (advice::REDIRECT, vec![fact("redirect")]),
        "autodiscover" if line.part.is_some() => (advice::NOTHING_THERE, Vec::new()),
        "streamHeld" if code == "noEvent" => (advice::NO_EVENT, Vec::new()),
        "tooBroad" if line.facts.contains_key("excess") => (advice::EXCESS, vec![fact("excess")]),
        "tooBroad" if line.facts.contains_key("outside") => (advice::NOT_LIMITED, vec![fact("outside")]),
        "tooBroad" => (advice::OPENS_ALL, Vec::new()),
        "invalid" => (advice::INVALID, vec![items(language, line.fact("items"))]),
        "dns" => (advice::DNS, vec![host()]),
        "network" => (advice::NETWORK, vec![host()]),
        "certificate" => return Some(certificate(language, line, host())),
        "clock" => (advice::CLOCK, vec![line.fact("minutes").trim_start_matches('-').to_owned()]),
        "channelBinding" => {
            let choice = usize::from(line.fact("channelBinding") == "never");
            let choice = choices(Item::ChannelBinding).get(choice)?;
            (advice::CHANNEL_BINDING, vec![choice.in_language(language).to_owned()])
        }
        "pbxMissing" => (advice::PBX_MISSING, vec![fact("pbx")]),
        "pbxOther" => (advice::PBX_OTHER, vec![fact("pbx"), fact("others")]),
        "pbxApi" => (advice::PBX_API, vec![fact("apis")]),
        "unmatched" => (advice::UNMATCHED, vec![fact("matched"), fact("users")]),
        word => (plain(word)?, Vec::new()),
    };
    Some(filled(language, words, &values))
}

/// Whose certificate it is, where it is shown.
fn certificate(language: Language, line: &Line, host: String) -> String {
    let sentence = filled(language, advice::CERTIFICATE, &[host]);
    if line.fact("issuer").is_empty() {
        return sentence;
    }
    let fact = |name: &str| line.fact(name).to_owned();
    let shown = filled(language, advice::SHOWN, &[fact("names"), fact("issuer")]);
    let validity = filled(language, advice::VALIDITY, &[fact("from"), fact("until")]);
    [&*sentence, " ", &shown, " ", &validity].concat()
}

/// Items, each with what is wrong, as `pbxName: required, …`.
pub fn items(language: Language, items: &str) -> String {
    let one = |wrong: &str| {
        let (name, code) = wrong.split_once(": ").unwrap_or((wrong, ""));
        let item = Item::from_name(name).map_or(name, |item| label(item).in_language(language));
        let known = Code::ALL.iter().find(|known| known.as_str() == code);
        let what = known.map_or(code, |code| problem(*code).in_language(language));
        [item, ": ", what].concat()
    };
    items.split(", ").map(one).collect::<Vec<_>>().join(" ")
}

/// What stands without anything to be filled in.
fn plain(word: &str) -> Option<Words> {
    PLAIN.iter().find(|(known, _)| *known == word).map(|(_, words)| *words)
}

static PLAIN: [(&str, Words); 43] = [
    ("wrongSecret", advice::WRONG_SECRET),
    ("expiredSecret", advice::EXPIRED_SECRET),
    ("publicClient", advice::PUBLIC_CLIENT),
    ("tenantUnknown", advice::TENANT_UNKNOWN),
    ("wrongCloud", advice::WRONG_CLOUD),
    ("applicationUnknown", advice::APPLICATION_UNKNOWN),
    ("principalMissing", advice::PRINCIPAL_MISSING),
    ("applicationDisabled", advice::APPLICATION_DISABLED),
    ("resourceMissing", advice::RESOURCE_MISSING),
    ("consentMissing", advice::CONSENT_MISSING),
    ("conditionalAccess", advice::CONDITIONAL_ACCESS),
    ("loginBusy", advice::LOGIN_BUSY),
    ("signIn", advice::SIGN_IN),
    ("permissionMissing", advice::PERMISSION_MISSING),
    ("accessPolicy", advice::ACCESS_POLICY),
    ("userAgent", advice::USER_AGENT),
    ("userReadAll", advice::USER_READ_ALL),
    ("mailboxSettings", advice::MAILBOX_SETTINGS),
    ("tokenRefused", advice::TOKEN_REFUSED),
    ("noMailbox", advice::NO_MAILBOX),
    ("mailboxElsewhere", advice::MAILBOX_ELSEWHERE),
    ("throttled", advice::THROTTLED),
    ("ewsDisabled", advice::EWS_DISABLED),
    ("ewsBlocked", advice::EWS_BLOCKED),
    ("impersonation", advice::IMPERSONATION),
    ("quota", advice::QUOTA),
    ("otherSite", advice::OTHER_SITE),
    ("password", advice::PASSWORD),
    ("gone", advice::GONE),
    ("ending", advice::ENDING),
    ("proxy", advice::PROXY),
    ("slow", advice::SLOW),
    ("autodiscover", advice::AUTODISCOVER),
    ("useEwsUrl", advice::USE_EWS_URL),
    ("onlyBasic", advice::ONLY_BASIC),
    ("preAuthentication", advice::PRE_AUTHENTICATION),
    ("noOwnMailbox", advice::NO_OWN_MAILBOX),
    ("streamHeld", advice::STREAM_HELD),
    ("tooOld", advice::TOO_OLD),
    ("outOfSupport", advice::OUT_OF_SUPPORT),
    ("scopeShrank", advice::SCOPE_SHRANK),
    ("pbxWaiting", advice::PBX_WAITING),
    ("pbxEmpty", advice::PBX_EMPTY),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn line(step: &str, state: &str, code: &str, advice: &str, facts: &[(&str, &str)]) -> Line {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Line {
            step: step.to_owned(),
            state: state.to_owned(),
            code: text(code),
            advice: text(advice),
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ..Line::default()
        }
    }

    #[test]
    fn a_step_says_what_was_found() {
        let mailbox = line("mailbox", "ok", "", "", &[("mailbox", "a@x.example"), ("appointments", "3")]);
        assert_eq!(
            sentence(Language::En, &mailbox),
            "Calendar of a@x.example, appointments within 48 hours: 3"
        );
        let skipped = line("zone", "skipped", "", "", &[("why", "needs"), ("needs", "mailbox")]);
        assert_eq!(sentence(Language::De, &skipped), "Zuerst muss das funktionieren: Kalender lesen");
        let invalid = line(
            "settings",
            "failed",
            "invalid",
            "invalid",
            &[("items", "pbxName: required, clientId: guid")],
        );
        assert!(
            sentence(Language::En, &invalid)
                .contains("Master PBX Name: Required. Client ID: An ID looks like")
        );
    }

    #[test]
    fn a_code_stands_in_brackets_and_an_unknown_one_as_it_is() {
        let secret = line("token", "failed", "7000215", "wrongSecret", &[]);
        assert!(sentence(Language::En, &secret).ends_with("not its ID. (7000215)"));
        let dns = line("reach", "failed", "dns", "dns", &[("host", "mail.example")]);
        assert!(sentence(Language::En, &dns).starts_with("The name mail.example has no address."));
        assert!(!sentence(Language::En, &dns).contains("(dns)"));
        let strange = line("token", "failed", "4711", "", &[]);
        assert!(is_unknown(&strange) && sentence(Language::En, &strange).contains("4711"));
        let new = line("token", "failed", "x", "neverHeardOf", &[]);
        assert!(is_unknown(&new) && !is_unknown(&secret));
    }

    #[test]
    fn every_step_and_every_advice_has_words_in_each_language() {
        for language in Language::ALL {
            for (word, _) in &PLAIN {
                assert!(!sentence(language, &line("token", "failed", "x", word, &[])).is_empty());
            }
            for word in
                ["certificate", "channelBinding", "tooBroad", "pbxOther", "unmatched", "clock", "network"]
            {
                assert!(!is_unknown(&line("token", "warning", "x", word, &[])), "{word}");
            }
        }
    }
}
