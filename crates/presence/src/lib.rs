//! The calendar presence line of an innovaphone PBX.

macro_rules! languages {
    ($($language:ident $code:literal,)*) => {
        /// A language of the presence, numbered as the setting `presenceLanguage`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Language {
            $(
                #[doc = $code]
                $language,
            )*
        }

        impl Language {
            const ALL: [Self; 26] = [$(Self::$language,)*];
        }

        /// Codes of all languages, in the order of [`Language`].
        pub const LANGUAGES: [&str; 26] = [$($code,)*];
    };
}

languages! {
    Bs "bs", Ca "ca", Cs "cs", Da "da", De "de", En "en", Es "es", Et "et", Eu "eu", Fi "fi", Fr "fr", Hr "hr",
    Hu "hu", It "it", Lv "lv", Mk "mk", Nl "nl", No "no", Pl "pl", Pt "pt", Ru "ru", Sl "sl", Sr "sr", Sv "sv",
    Th "th", Tr "tr",
}

impl Language {
    /// Position among [`LANGUAGES`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The language at this position.
    pub fn from_index(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }
}
