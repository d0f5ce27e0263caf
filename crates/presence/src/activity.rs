//! What a person is doing.

/// What a person is doing, as the PBX and its clients tell it apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Activity {
    /// Can be reached.
    Free,
    /// Occupied.
    Busy,
    /// Not there.
    Away,
    /// Does not want to be disturbed. Not in the published grammar: read, and written only when given.
    Dnd,
}

impl Activity {
    /// All activities.
    pub const ALL: [Self; 4] = [Self::Free, Self::Busy, Self::Away, Self::Dnd];

    /// The name as the tags have it, such as `busy`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Busy => "busy",
            Self::Away => "away",
            Self::Dnd => "dnd",
        }
    }

    /// The activity with exactly this name, without regard to letter case.
    pub fn from_name(name: &str) -> Option<Self> {
        // The first letter tells them apart, which spares most comparisons.
        let activity = match name.as_bytes().first()?.to_ascii_lowercase() {
            b'f' => Self::Free,
            b'b' => Self::Busy,
            b'a' => Self::Away,
            b'd' => Self::Dnd,
            _ => return None,
        };
        activity.name().eq_ignore_ascii_case(name).then_some(activity)
    }
}
