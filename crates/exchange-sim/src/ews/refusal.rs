//! Refusals of EWS: faults, response messages with an error, or mere HTTP.

use crate::xml::{Element, e, m, plain, s, t};

/// Why a request is not served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A fault of SOAP, at HTTP 500.
    Fault(Problem),
    /// A response message, at HTTP 200.
    Message(Problem),
    /// No SOAP at all.
    Http(u16, String),
}

/// A code with its text and values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) text: String,
    /// `t:Value` elements of `MessageXml`, by name.
    pub(crate) values: Vec<(String, String)>,
    /// What is wrong with a request that does not fit the schema.
    violation: Option<String>,
}

impl Problem {
    pub(crate) fn new(code: &str, text: &str) -> Self {
        Self { code: code.into(), text: text.into(), values: Vec::new(), violation: None }
    }

    pub(crate) fn value(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Values stand in `MessageXml`.
    fn message_xml(&self, holder: Element) -> Option<Element> {
        let values = self.values.iter().map(|(name, value)| t("Value").set("Name", name).says(value));
        let violation = self.violation.iter().flat_map(|violation| {
            [t("LineNumber").says("0"), t("LinePosition").says("0"), t("Violation").says(violation)]
        });
        let any = !self.values.is_empty() || self.violation.is_some();
        any.then(|| holder.with_all(values).with_all(violation))
    }

    /// The response message of an operation, or of a part of it.
    pub(crate) fn message(&self, operation: &str) -> Element {
        m(&format!("{operation}ResponseMessage"))
            .set("ResponseClass", "Error")
            .with(m("MessageText").says(&self.text))
            .with(m("ResponseCode").says(&self.code))
            .with(m("DescriptiveLinkKey").says("0"))
            .with_all(self.message_xml(m("MessageXml")))
    }

    pub(crate) fn fault(&self) -> Element {
        let detail = plain("detail")
            .with(e("ResponseCode").says(&self.code))
            .with(e("Message").says(&self.text))
            .with_all(self.message_xml(t("MessageXml")));
        s("Fault")
            .with(plain("faultcode").says(format!("a:{}", self.code)))
            .with(plain("faultstring").says(&self.text))
            .with(detail)
    }
}

impl Refusal {
    pub(crate) fn fault(code: &str, text: &str) -> Self {
        Self::Fault(Problem::new(code, text))
    }

    pub(crate) fn message(code: &str, text: &str) -> Self {
        Self::Message(Problem::new(code, text))
    }

    /// The request does not fit the schema.
    pub(crate) fn schema(violation: &str) -> Self {
        let text = format!("The request failed schema validation: {violation}");
        Self::Fault(Problem {
            violation: Some(violation.into()),
            ..Problem::new("ErrorSchemaValidation", &text)
        })
    }

    /// What Exchange can do and this cannot: said plainly, so that no test passes by accident.
    pub(crate) fn left_out(what: &str) -> Self {
        Self::Http(501, format!("exchange-sim does not implement {what} (docs/stand-ins.md)."))
    }
}
