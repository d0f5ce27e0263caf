//! Everything the form says, in every language. Each language is one file with exhaustive matches, so that a missing
//! translation does not compile. The host gives the language.

mod de;
mod en;

use calendar::settings::{Code, Item, Section};

/// A language of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

/// Something the form says. `$0` and `$1` stand for what [`fill`] puts there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Title of the form.
    Title,
    /// Heading of a section.
    Section(Section),
    /// What a section is about.
    SectionHelp(Section),
    /// Heading of the section about objects in the PBX.
    AppObjects,
    /// What that section is about.
    AppObjectsHelp,
    /// The object that connects the PBX.
    CalendarObject,
    /// The object that shows the overview.
    AdminObject,
    /// Label of an item.
    Label(Item),
    /// Line of help under an item.
    Help(Item),
    /// What is wrong with an item, and what to do. Numbers lie between `$0` and `$1`.
    Problem(Code),
    /// Mark of an item that must be present.
    Required,
    /// The choice *Cloud* has no future.
    CloudIsGone,
    /// The choice *Cloud, App-Only* ends.
    EwsEnds,
    /// A password is stored.
    SecretStored,
    /// No password is stored.
    SecretAbsent,
    /// The password typed will replace the stored one.
    SecretGiven,
    /// The stored password will be removed.
    SecretRemoved,
    /// Button: remove the stored password.
    RemoveSecret,
    /// Button: keep the stored password after all.
    KeepSecret,
    /// Somebody else has changed an item to `$0`.
    Conflict,
    /// Button, before the label of the item: what was typed here.
    KeepMine,
    /// Button, before the label of the item: what somebody else has saved.
    TakeTheirs,
    /// In the place of an empty value.
    Empty,
    /// In the place of a value that is true.
    On,
    /// In the place of a value that is false.
    Off,
    /// Button: save.
    Save,
    /// Button: forget what was typed.
    Discard,
    /// Nothing was changed.
    Unchanged,
    /// One item was changed.
    OneChange,
    /// `$0` items were changed.
    Changes,
    /// The save is on its way.
    Saving,
    /// It was saved.
    Saved,
    /// There is nothing to save.
    NothingToSave,
    /// One item is wrong.
    OneProblem,
    /// `$0` items are wrong.
    Problems,
    /// A conflict must be settled first.
    SettleFirst,
    /// It was not saved: no connection.
    NotConnected,
    /// It may have been saved: the connection broke.
    ConnectionLost,
    /// It was not saved: no rights.
    AccessDenied,
    /// It was not saved, and the service does not say why.
    Failed,
    /// It was not saved: `$0` is wrong, which this form does not know.
    FailedItem,
    /// It was not saved: too long for one message.
    TooLarge,
    /// The connection is made.
    Connecting,
    /// The login is under way.
    LoggingIn,
    /// The connection stands.
    Connected,
    /// The connection is tried again in `$0` seconds.
    Waiting,
    /// Button: connect at once.
    ConnectNow,
    /// The instance cannot be reached.
    Unreachable,
    /// The PBX Manager gave no login.
    NoLogin,
    /// The instance refused the login.
    LoginRefused,
    /// The instance lets this login read nothing.
    NoAccess,
    /// The synchronisation is disabled.
    SyncOff,
    /// The synchronisation starts.
    SyncStarting,
    /// The synchronisation runs for `$0` users.
    SyncRunning,
    /// The synchronisation does not work.
    SyncError,
    /// The service cannot serve the chosen type.
    SyncNotSupported,
    /// PBX `$0` is connected.
    PbxConnected,
    /// PBX `$0` is not connected.
    PbxMissing,
    /// PBX `$1` is connected, but `$0` is configured.
    PbxOther,
}

impl Language {
    /// The language for a code that the host gives, its own spellings included; English for all others.
    pub fn from_host(code: &str) -> Self {
        match code.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Self::De,
            _ => Self::En,
        }
    }

    /// Its code for `lang` attributes and `Intl`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// A text in this language.
    pub fn text(self, text: Text) -> &'static str {
        match self {
            Self::En => en::text(text),
            Self::De => de::text(text),
        }
    }

    /// The choices of an item in this language, in the order of their words. None for items without, and for
    /// languages, whose names the browser knows.
    pub fn choices(self, item: Item) -> &'static [&'static str] {
        match self {
            Self::En => en::choices(item),
            Self::De => de::choices(item),
        }
    }
}

/// Puts values in the places of `$0`, `$1`.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let place = part
            .chars()
            .next()
            .and_then(|digit| digit.to_digit(10))
            .and_then(|place| usize::try_from(place).ok());
        if let Some(value) = place.and_then(|place| values.get(place)) {
            filled.push_str(value);
            filled.push_str(part.get(1..).unwrap_or_default());
        } else {
            filled.push('$');
            filled.push_str(part);
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use calendar::settings::Kind;

    use super::*;

    const ALL: [Language; 2] = [Language::En, Language::De];

    #[test]
    fn every_choice_has_its_words() {
        for language in ALL {
            for &item in Item::ALL {
                let words = match item.kind() {
                    Kind::Choice(words) if item != Item::PresenceLanguage => words.len(),
                    _ => 0,
                };
                assert_eq!(language.choices(item).len(), words, "{} in {}", item.name(), language.code());
            }
        }
    }

    #[test]
    fn labels_are_unique() {
        for language in ALL {
            let mut labels: Vec<_> = Item::ALL.iter().map(|&item| language.text(Text::Label(item))).collect();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), Item::ALL.len(), "{}", language.code());
        }
    }

    #[test]
    fn places_are_filled_and_other_dollars_stay() {
        assert_eq!(fill("$1 is not $0", &["a", "b"]), "b is not a");
        assert_eq!(fill("5 $, $x, $7", &["a"]), "5 $, $x, $7");
        assert_eq!(fill("$0", &["$0 $1"]), "$0 $1");
    }

    #[test]
    fn languages_of_the_host() {
        assert_eq!(Language::from_host("de"), Language::De);
        assert_eq!(Language::from_host("DE-AT"), Language::De);
        for code in ["en", "", "d", "xx", "ü"] {
            assert_eq!(Language::from_host(code), Language::En, "{code}");
        }
    }
}
