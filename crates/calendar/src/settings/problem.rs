use super::Item;

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $word:literal,)*) => {
        /// What may be wrong with an item.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The code as it travels.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $word,)* }
            }
        }
    };
}

codes! {
    /// It is missing.
    Required "required",
    /// It is more than the name of a PBX.
    PbxName "pbxName",
    /// It is no IANA time zone.
    TimeZone "timeZone",
    /// An entry stands in both lists, of keywords or of groups.
    Duplicate "duplicate",
    /// It is neither an e-mail address nor, on-premises, `DOMAIN\user`.
    User "user",
    /// It is no e-mail address.
    Email "email",
    /// It is no https address.
    Https "https",
    /// The address has a path that does not belong there.
    Path "path",
    /// The number is too small or too large.
    Range "range",
    /// It is no GUID.
    Guid "guid",
    /// It is neither a GUID nor a domain.
    Tenant "tenant",
    /// It is filled by the service.
    ReadOnly "readOnly",
    /// It is no date `YYYY-MM-DD`.
    Date "date",
    /// It is no certificate in PEM form.
    Pem "pem",
    /// It is no http address.
    Url "url",
    /// It is not of the item's type.
    Type "type",
    /// There is no such choice.
    Choice "choice",
    /// There is no such item.
    UnknownItem "unknownItem",
    /// A plain password came over an insecure connection.
    Insecure "insecure",
    /// An encrypted password does not decrypt.
    Encryption "encryption",
    /// A stored password would be sent elsewhere than before, so it must be given again.
    SecretAgain "secretAgain",
}

/// Something wrong with one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name in `ConfigItems`; may be one that is unknown.
    pub item: String,
    /// What is wrong.
    pub code: Code,
}

impl Problem {
    /// A problem of a known item.
    pub fn of(item: Item, code: Code) -> Self {
        Self { item: item.name().to_owned(), code }
    }
}

/// Brings problems into the order of the table, unknown items last, and keeps the first of each item.
pub fn sort_problems(problems: &mut Vec<Problem>) {
    let found = std::mem::take(problems);
    let of_item = |item: &Item| found.iter().find(|problem| problem.item == item.name());
    problems.extend(Item::ALL.iter().filter_map(of_item).cloned());
    for problem in found {
        let is_new = problems.iter().all(|known| known.item != problem.item);
        if is_new {
            problems.push(problem);
        }
    }
}
