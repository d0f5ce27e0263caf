/// What this crate asks the platform it runs on.
pub trait Platform {
    /// Whether `name` is a time zone of the IANA database, a link such as `Asia/Calcutta` included.
    fn is_time_zone(&self, name: &str) -> bool;

    /// `text` in Unicode normalization form C, then with its case folded: what two texts have in common that differ
    /// in letter case or in how their accents are encoded.
    fn fold(&self, text: &str) -> String;
}
