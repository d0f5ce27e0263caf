/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Italian.
    It,
    /// Spanish.
    Es,
    /// Dutch.
    Nl,
}

impl Language {
    /// All languages, in the order in which a text has them.
    pub const ALL: [Self; 6] = [Self::En, Self::De, Self::Fr, Self::It, Self::Es, Self::Nl];

    /// The language for a code that the host gives. A region or script after it does not count. As in innovaphone's own
    /// apps Catalan and Basque fall back to Spanish, all that is unknown to English; of innovaphone's own spellings
    /// (`ba`, `no`, `rs`, `si`) none means one of ours.
    pub fn from_host(code: &str) -> Self {
        let base = code.split(['-', '_']).next().unwrap_or_default();
        match base.to_ascii_lowercase().as_str() {
            "de" => Self::De,
            "fr" => Self::Fr,
            "it" => Self::It,
            "es" | "ca" | "eu" => Self::Es,
            "nl" => Self::Nl,
            _ => Self::En,
        }
    }

    /// Its code, for `lang` attributes, `Intl` and the names of catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::It => "it",
            Self::Es => "es",
            Self::Nl => "nl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_the_host() {
        for language in Language::ALL {
            assert_eq!(Language::from_host(language.code()), language);
        }
        let others = [
            ("DE-AT", Language::De),
            ("fr_CH", Language::Fr),
            ("nl-BE", Language::Nl),
            ("ca", Language::Es),
            ("eu-ES", Language::Es),
        ];
        for (code, language) in others {
            assert_eq!(Language::from_host(code), language, "{code}");
        }
        for code in ["", "d", "xx", "ü", "-de", "deu", "ba", "no", "rs", "si"] {
            assert_eq!(Language::from_host(code), Language::En, "{code}");
        }
    }
}
