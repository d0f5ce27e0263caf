//! Faults on demand: what networks, gateways and Exchange do to a client once in a while.

use graph_sim::hash::{fraction, mix};
use serde::{Deserialize, Serialize};

/// What a request is for; counters and faults go by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// Autodiscover's XML.
    Pox,
    /// Autodiscover's SOAP.
    GetUserSettings,
    /// The first message of a login, which has no request in it.
    Negotiate,
    /// Of EWS.
    FindItem,
    /// Of EWS.
    GetItem,
    /// Of EWS.
    GetFolder,
    /// Of EWS.
    ResolveNames,
    /// `GetUserOofSettings`.
    GetUserOofSettings,
    /// Of EWS.
    Subscribe,
    /// Of EWS.
    Unsubscribe,
    /// Of EWS.
    GetStreamingEvents,
    /// Of EWS.
    GetServerTimeZones,
    /// Of EWS.
    SyncFolderItems,
    /// Whatever else.
    Other,
}

impl Operation {
    /// By the name of the element in the body.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "FindItem" => Self::FindItem,
            "GetItem" => Self::GetItem,
            "GetFolder" => Self::GetFolder,
            "ResolveNames" => Self::ResolveNames,
            "GetUserOofSettingsRequest" => Self::GetUserOofSettings,
            "Subscribe" => Self::Subscribe,
            "Unsubscribe" => Self::Unsubscribe,
            "GetStreamingEvents" => Self::GetStreamingEvents,
            "GetServerTimeZones" => Self::GetServerTimeZones,
            "SyncFolderItems" => Self::SyncFolderItems,
            _ => Self::Other,
        }
    }
}

/// A fault, and which requests it befalls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Requests of this kind alone.
    #[serde(default)]
    pub operation: Option<Operation>,
    /// Requests about this mailbox alone, by its primary address.
    #[serde(default)]
    pub mailbox: Option<String>,
    /// Requests to this host alone.
    #[serde(default)]
    pub host: Option<String>,
    /// How many more times it happens; without a number it goes on until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// How likely it is for each request, from 0 to 1.
    #[serde(default = "always")]
    pub chance: f64,
    /// What happens.
    pub effect: Effect,
}

fn always() -> f64 {
    1.0
}

/// What befalls a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Effect {
    /// A response message with this code.
    Error {
        /// The response code.
        code: String,
    },
    /// A fault of SOAP with this code, at HTTP 500.
    Fault {
        /// The response code.
        code: String,
    },
    /// `ErrorServerBusy`.
    Busy {
        /// `BackOffMilliseconds`; none without.
        ms: Option<u64>,
        /// Where it stands.
        form: BusyForm,
        /// The HTTP status: 200, 500 or 503.
        status: u16,
    },
    /// A status of HTTP, with a short page.
    Status {
        /// The status.
        status: u16,
        /// Headers that go with it.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// A page where XML is due.
    Html {
        /// The status.
        status: u16,
    },
    /// Whatever text, with the content type of XML.
    Body {
        /// The text.
        text: String,
    },
    /// XML that wants to do harm.
    Hostile(Hostile),
    /// The login is refused, whatever the password.
    LoginRefused,
    /// The answer comes after so many milliseconds.
    Slow {
        /// Milliseconds.
        ms: u64,
    },
    /// The connection is closed after so many bytes of the body.
    CutOff {
        /// Bytes.
        at: usize,
    },
    /// The connection is closed without an answer.
    Drop,
    /// The connection stays open and nothing comes.
    Silence,
}

/// Where `ErrorServerBusy` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BusyForm {
    /// In a fault.
    Fault,
    /// In a response message.
    Message,
    /// In the `MessageXml` of an `ErrorInternalServerError`.
    Wrapped,
}

/// XML that wants to do harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Hostile {
    /// A document type.
    DocumentType,
    /// Entities that multiply.
    Entities,
    /// An entity that nobody declared.
    UnknownEntity,
    /// So many elements inside each other.
    Depth(usize),
    /// A text without end in an element that is due.
    Endless,
    /// Elements without end.
    EndlessElements,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// A text of so many MiB, compressed to a thousandth.
    Bomb(usize),
}

impl Operation {
    /// Autodiscover and logins have no response codes.
    fn is_before_ews(self) -> bool {
        matches!(self, Self::Pox | Self::GetUserSettings | Self::Negotiate)
    }
}

impl Effect {
    /// Only operations of EWS can be answered so.
    fn is_of_ews(&self) -> bool {
        matches!(self, Self::Error { .. } | Self::Fault { .. } | Self::Busy { .. } | Self::LoginRefused)
    }
}

impl Fault {
    /// Befalls every request until it is cleared.
    pub fn new(effect: Effect) -> Self {
        Self { operation: None, mailbox: None, host: None, times: None, chance: 1.0, effect }
    }

    /// A response message with this code.
    pub fn error(code: impl Into<String>) -> Self {
        Self::new(Effect::Error { code: code.into() })
    }

    /// A status of HTTP.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status { status, headers: Vec::new() })
    }

    /// `ErrorServerBusy` in a response message.
    pub fn busy(ms: u64) -> Self {
        Self::new(Effect::Busy { ms: Some(ms), form: BusyForm::Message, status: 200 })
    }

    /// Only this operation.
    #[must_use]
    pub fn at(self, operation: Operation) -> Self {
        Self { operation: Some(operation), ..self }
    }

    /// Only this mailbox.
    #[must_use]
    pub fn of(self, mailbox: impl Into<String>) -> Self {
        Self { mailbox: Some(mailbox.into()), ..self }
    }

    /// Only at this host.
    #[must_use]
    pub fn on(self, host: impl Into<String>) -> Self {
        Self { host: Some(host.into()), ..self }
    }

    /// Only so many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// With this likelihood.
    #[must_use]
    pub fn chance(self, chance: f64) -> Self {
        Self { chance, ..self }
    }

    fn fits(&self, operation: Operation, mailbox: Option<&str>, host: &str) -> bool {
        let same = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| is.is_some_and(|is| is.eq_ignore_ascii_case(wanted)))
        };
        self.operation.is_none_or(|at| at == operation)
            && (!operation.is_before_ews() || !self.effect.is_of_ews())
            && same(&self.mailbox, mailbox)
            && same(&self.host, Some(host))
            && self.times != Some(0)
    }
}

/// The faults in force; luck follows from the seed, so that a run can be repeated.
#[derive(Debug)]
pub(crate) struct Faults {
    armed: Vec<Fault>,
    luck: u64,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { armed: Vec::new(), luck: seed }
    }

    pub(crate) fn arm(&mut self, fault: Fault) {
        self.armed.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    /// What befalls this request: every slowness that fits, one cut, and of the rest the first.
    pub(crate) fn strike(&mut self, operation: Operation, mailbox: Option<&str>, host: &str) -> Struck {
        let mut struck = Struck::default();
        for fault in &mut self.armed {
            let taken = match fault.effect {
                Effect::Slow { .. } => false,
                Effect::CutOff { .. } => struck.cut.is_some(),
                _ => struck.effect.is_some(),
            };
            if taken || !fault.fits(operation, mailbox, host) {
                continue;
            }
            self.luck = mix(self.luck);
            if fraction(self.luck) >= fault.chance {
                continue;
            }
            fault.times = fault.times.map(|times| times - 1);
            match &fault.effect {
                Effect::Slow { ms } => struck.slow += ms,
                Effect::CutOff { at } => struck.cut = Some(*at),
                effect => struck.effect = Some(effect.clone()),
            }
        }
        self.armed.retain(|fault| fault.times != Some(0));
        struck
    }
}

/// What befalls one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Struck {
    pub(crate) slow: u64,
    pub(crate) cut: Option<usize>,
    pub(crate) effect: Option<Effect>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_befall_whom_they_name_as_often_as_they_say() {
        let mut faults = Faults::new(1);
        faults.arm(Fault::new(Effect::Drop).at(Operation::FindItem).of("Anna@x").on("mail.x").times(2));
        let mut strike = |operation, mailbox, host| faults.strike(operation, mailbox, host).effect;
        assert_eq!(strike(Operation::FindItem, Some("ben@x"), "mail.x"), None);
        assert_eq!(strike(Operation::GetItem, Some("anna@x"), "mail.x"), None);
        assert_eq!(strike(Operation::FindItem, Some("anna@x"), "other.x"), None);
        assert_eq!(strike(Operation::FindItem, None, "mail.x"), None);
        for _ in 0..2 {
            assert_eq!(strike(Operation::FindItem, Some("anna@x"), "mail.x"), Some(Effect::Drop));
        }
        assert_eq!(strike(Operation::FindItem, Some("anna@x"), "mail.x"), None);
    }

    #[test]
    fn response_codes_wait_for_an_operation_of_ews() {
        let mut faults = Faults::new(1);
        faults.arm(Fault::busy(5).times(1));
        for before in [Operation::Negotiate, Operation::Pox, Operation::GetUserSettings] {
            assert_eq!(faults.strike(before, None, "x").effect, None);
        }
        assert!(faults.strike(Operation::FindItem, None, "x").effect.is_some());
    }

    #[test]
    fn slowness_adds_up_and_goes_with_other_faults() {
        let mut faults = Faults::new(1);
        for effect in [Effect::Slow { ms: 5 }, Effect::CutOff { at: 3 }, Effect::Drop, Effect::Slow { ms: 7 }]
        {
            faults.arm(Fault::new(effect));
        }
        let expected = Struck { slow: 12, cut: Some(3), effect: Some(Effect::Drop) };
        assert_eq!(faults.strike(Operation::Pox, None, "x"), expected);
        faults.clear();
        assert_eq!(faults.strike(Operation::Pox, None, "x"), Struck::default());
    }

    #[test]
    fn luck_follows_from_the_seed() {
        let run = |seed| {
            let mut faults = Faults::new(seed);
            faults.arm(Fault::new(Effect::Drop).chance(0.3));
            (0..200).map(|_| faults.strike(Operation::Pox, None, "x").effect.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(run(5), run(5));
        assert_ne!(run(5), run(6));
    }
}
