use crate::Platform;

use super::{Code, Settings, clean};

/// Type of an item on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `BOOL`.
    Bool,
    /// `INT`, both bounds included.
    Int {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// `STRING`.
    Text,
    /// `CHOICE`: the words of the choices. Their order never changes, new ones go to the end.
    Choice(&'static [&'static str]),
    /// `STRING` that is written but never read.
    Password,
}

/// Part of the form in which an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// PBX & Presence.
    Pbx,
    /// Exchange Sync.
    Exchange,
    /// Presence mapping.
    Mapping,
    /// Calendar API.
    Api,
}

type Condition = fn(&Settings) -> bool;
type Form = fn(&str, &dyn Platform) -> Result<String, Code>;
type Clean = fn(&str) -> String;

/// The untyped columns of a row: wire name, section, visibility, checks.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub name: &'static str,
    pub section: Section,
    pub shown: Condition,
    pub required: Condition,
    pub clean: Clean,
    pub form: Form,
    pub pasted: Clean,
    pub read_only: bool,
    pub advanced: bool,
}

impl Row {
    /// An item that is always shown, may be empty and may hold anything.
    pub const fn new(name: &'static str, section: Section) -> Self {
        Self {
            name,
            section,
            shown: |_| true,
            required: |_| false,
            clean: str::to_owned,
            form: |text, _| Ok(text.to_owned()),
            pasted: str::to_owned,
            read_only: false,
            advanced: false,
        }
    }

    /// An item that is copied from elsewhere, so that blanks around it mean nothing.
    pub const fn copied(name: &'static str, section: Section) -> Self {
        Self::new(name, section).clean(clean::around)
    }

    /// Shown, and then only used, under this condition.
    pub const fn shown(self, shown: Condition) -> Self {
        Self { shown, ..self }
    }

    /// Must be present where it is shown.
    pub const fn required(self) -> Self {
        self.required_if(|_| true)
    }

    /// Must be present where it is shown and this condition holds.
    pub const fn required_if(self, required: Condition) -> Self {
        Self { required, ..self }
    }

    /// What goes from a text before it is looked at, in the form and in the service.
    pub const fn clean(self, clean: Clean) -> Self {
        Self { clean, ..self }
    }

    /// What a clean text must look like, and its normal form.
    pub const fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// What is meant by a text that was pasted into the form with more in it than belongs there.
    pub const fn pasted(self, pasted: Clean) -> Self {
        Self { pasted, ..self }
    }

    /// Filled by the service, never written.
    pub const fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// Seldom changed, so that a form folds it away.
    pub const fn advanced(self) -> Self {
        Self { advanced: true, ..self }
    }
}
