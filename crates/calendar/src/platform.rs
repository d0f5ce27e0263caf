/// What this crate asks the platform it runs on.
pub trait Platform {
    /// Whether `name` is a time zone of the IANA database, a link such as `Asia/Calcutta` included.
    fn is_time_zone(&self, name: &str) -> bool;

    /// `text` in Unicode normalization form C.
    fn nfc(&self, text: &str) -> String;
}
