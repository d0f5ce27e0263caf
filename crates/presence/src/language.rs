//! The languages we have words for.

/// The codes of the languages, in an order that numbers the setting `presenceLanguage` for ever: new ones go to
/// the end.
pub const LANGUAGES: [&str; 26] = [
    "bs", "ca", "cs", "da", "de", "en", "es", "et", "eu", "fi", "fr", "hr", "hu", "it", "lv", "mk", "nl",
    "no", "pl", "pt", "ru", "sl", "sr", "sv", "th", "tr",
];

/// A language we have words for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the ISO 639 codes")]
pub enum Language {
    Bs,
    Ca,
    Cs,
    Da,
    De,
    #[default]
    En,
    Es,
    Et,
    Eu,
    Fi,
    Fr,
    Hr,
    Hu,
    It,
    Lv,
    Mk,
    Nl,
    No,
    Pl,
    Pt,
    Ru,
    Sl,
    Sr,
    Sv,
    Th,
    Tr,
}

impl Language {
    /// All languages, in the order of [`LANGUAGES`].
    pub const ALL: [Self; 26] = [
        Self::Bs,
        Self::Ca,
        Self::Cs,
        Self::Da,
        Self::De,
        Self::En,
        Self::Es,
        Self::Et,
        Self::Eu,
        Self::Fi,
        Self::Fr,
        Self::Hr,
        Self::Hu,
        Self::It,
        Self::Lv,
        Self::Mk,
        Self::Nl,
        Self::No,
        Self::Pl,
        Self::Pt,
        Self::Ru,
        Self::Sl,
        Self::Sr,
        Self::Sv,
        Self::Th,
        Self::Tr,
    ];

    /// The place in [`LANGUAGES`], 0 to 25.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The language at a place in [`LANGUAGES`].
    pub fn from_index(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    /// The ISO 639 code, such as `de`.
    pub fn code(self) -> &'static str {
        LANGUAGES.get(self.index()).copied().unwrap_or("en")
    }

    /// The language with exactly this code, without regard to letter case.
    pub fn from_code(code: &str) -> Option<Self> {
        let index = LANGUAGES.iter().position(|known| known.eq_ignore_ascii_case(code))?;
        Self::from_index(index)
    }

    /// The language for a BCP 47 locale: its own, `no` for both written forms of Norwegian, otherwise English.
    ///
    /// ```
    /// use calendar_presence::Language;
    ///
    /// assert_eq!(Language::from_locale("de-AT"), Language::De);
    /// assert_eq!(Language::from_locale("nn-NO"), Language::No);
    /// assert_eq!(Language::from_locale("tlh"), Language::En);
    /// ```
    pub fn from_locale(locale: &str) -> Self {
        // No language of ours depends on script or region, so the first subtag decides alone.
        let subtag = locale.split('-').next().unwrap_or_default();
        let norwegian = ["nb", "nn"].iter().any(|form| form.eq_ignore_ascii_case(subtag));
        if norwegian { Self::No } else { Self::from_code(subtag).unwrap_or_default() }
    }
}
