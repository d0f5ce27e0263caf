/// What this crate asks the platform it runs on.
pub trait Platform {
    /// The time zone of the IANA database that has this name in any letter case, as IANA spells it. A link such as
    /// `Asia/Calcutta` is a zone, and keeps its own name. A platform that knows the zone but not the spelling, as a
    /// browser with links, gives back `name`.
    fn time_zone(&self, name: &str) -> Option<String>;

    /// `text` in Unicode normalization form C, then with its case folded: what two texts have in common that differ
    /// in letter case or in how their accents are encoded.
    fn fold(&self, text: &str) -> String;
}

impl<P: Platform + ?Sized> Platform for &P {
    fn time_zone(&self, name: &str) -> Option<String> {
        (**self).time_zone(name)
    }

    fn fold(&self, text: &str) -> String {
        (**self).fold(text)
    }
}
