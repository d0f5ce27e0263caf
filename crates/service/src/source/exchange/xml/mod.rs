//! XML as Exchange writes and reads it: by namespace and local name, within bounds.

mod reader;
mod writer;

pub use reader::{Broken, Reader, Start};
pub use writer::Writer;

/// The namespaces that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ns {
    /// SOAP 1.1.
    Soap,
    /// Operations and response messages.
    Messages,
    /// Everything within them, and the headers.
    Types,
    /// Details of faults.
    Errors,
    /// Autodiscover over SOAP.
    Autodiscover,
    /// Autodiscover without SOAP: the root of an answer, and errors of the service itself.
    Plain,
    /// Autodiscover without SOAP: an answer for Outlook.
    Outlook,
    /// None.
    Unbound,
    /// Any other.
    Other,
}

/// The namespace of SOAP envelopes.
pub const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// The namespace of operations.
pub const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
/// The namespace of types.
pub const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";
const ERRORS: &str = "http://schemas.microsoft.com/exchange/services/2006/errors";
/// The namespace of Autodiscover over SOAP.
pub const AUTODISCOVER: &str = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
/// The namespace of addressing headers.
pub const ADDRESSING: &str = "http://www.w3.org/2005/08/addressing";
/// The namespace of plain requests.
pub const PLAIN_REQUEST: &str =
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
const PLAIN: &str = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
/// The namespace of plain answers for Outlook.
pub const OUTLOOK: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

impl Ns {
    fn of(name: &str) -> Self {
        match name {
            SOAP => Self::Soap,
            MESSAGES => Self::Messages,
            TYPES => Self::Types,
            ERRORS => Self::Errors,
            AUTODISCOVER => Self::Autodiscover,
            PLAIN => Self::Plain,
            OUTLOOK => Self::Outlook,
            _ => Self::Other,
        }
    }
}
