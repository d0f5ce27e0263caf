//! What all answers have in common: an envelope with response messages, each with its own code, or with a fault.

use crate::source::exchange::trouble::Failure;
use crate::source::exchange::xml::{Broken, Ns, Reader, Start};

/// An envelope.
#[derive(Debug)]
pub struct Envelope<T> {
    /// The server's version, if it says so.
    pub version: Option<Version>,
    /// Its response messages, or what it says instead.
    pub outcome: Result<Vec<Response<T>>, Failure>,
}

/// Which version of Exchange answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// 15 since Exchange 2013.
    pub major: u32,
    /// The version in full, for people.
    pub text: String,
}

/// A response message.
#[derive(Debug, Default)]
pub struct Response<T> {
    /// What is wrong. Warnings have results all the same.
    pub failure: Option<Failure>,
    /// Whether the failure is only a warning.
    pub is_warning: bool,
    /// What it holds.
    pub content: T,
}

impl<T> Response<T> {
    /// What it holds, unless it failed.
    pub fn into_result(self) -> Result<T, Failure> {
        match self.failure {
            Some(failure) if !self.is_warning => Err(failure),
            _ => Ok(self.content),
        }
    }
}

/// What a response message of one operation holds.
pub trait Content: Default {
    /// Reads an element that belongs to it, to its end. Gives it back unread otherwise.
    fn take(&mut self, start: &Start, reader: &mut Reader<'_>) -> Result<bool, Broken>;
}

/// Reads an envelope.
pub fn read<T: Content>(document: &[u8]) -> Result<Envelope<T>, Broken> {
    let mut reader = Reader::new(document)?;
    let root = reader.child()?.ok_or(Broken)?;
    if !root.is(Ns::Soap, "Envelope") {
        return Err(Broken);
    }
    let mut version = None;
    let mut outcome = None;
    while let Some(part) = reader.child()? {
        match (part.ns, part.name.as_str()) {
            (Ns::Soap, "Header") => version = header(&mut reader)?.or(version),
            (Ns::Soap, "Body") => outcome = body(&mut reader)?.or(outcome),
            _ => reader.skip()?,
        }
    }
    Ok(Envelope { version, outcome: outcome.ok_or(Broken)? })
}

fn header(reader: &mut Reader<'_>) -> Result<Option<Version>, Broken> {
    let mut version = None;
    while let Some(start) = reader.child()? {
        if start.is(Ns::Types, "ServerVersionInfo") {
            let number =
                |name| start.attribute(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or_default();
            let numbers =
                ["MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber"].map(number);
            let text = numbers.map(|number| number.to_string()).join(".");
            version = Some(Version { major: number("MajorVersion"), text });
        }
        reader.skip()?;
    }
    Ok(version)
}

type Outcome<T> = Result<Vec<Response<T>>, Failure>;

fn body<T: Content>(reader: &mut Reader<'_>) -> Result<Option<Outcome<T>>, Broken> {
    let mut outcome = None;
    while let Some(start) = reader.child()? {
        match start.ns {
            Ns::Soap if start.name == "Fault" => outcome = Some(Err(fault(reader)?)),
            Ns::Messages => outcome = Some(Ok(operation(reader)?)),
            _ => reader.skip()?,
        }
    }
    Ok(outcome)
}

fn operation<T: Content>(reader: &mut Reader<'_>) -> Result<Vec<Response<T>>, Broken> {
    let mut responses = Vec::new();
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Messages, "ResponseMessages") => {
                while let Some(start) = reader.child()? {
                    responses.push(response(&start, reader)?);
                }
            }
            // An operation of Availability has one message, and what it holds stands beside it.
            (Ns::Messages, "ResponseMessage") => responses.push(response(&start, reader)?),
            _ => {
                let last: Option<&mut Response<T>> = responses.last_mut();
                let is_taken = match last {
                    Some(last) => last.content.take(&start, reader)?,
                    None => false,
                };
                if !is_taken {
                    reader.skip()?;
                }
            }
        }
    }
    Ok(responses)
}

fn response<T: Content>(start: &Start, reader: &mut Reader<'_>) -> Result<Response<T>, Broken> {
    let class = start.attribute("ResponseClass").unwrap_or("Success").to_owned();
    let mut failure = Failure::default();
    let mut content = T::default();
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Messages, "ResponseCode") => failure.code = Failure::new(&reader.text()?).code,
            (Ns::Messages, "MessageXml") => failure.values = values(reader)?,
            _ => {
                if !content.take(&start, reader)? {
                    reader.skip()?;
                }
            }
        }
    }
    let is_warning = class == "Warning";
    let failed = class == "Error" || is_warning;
    Ok(Response { failure: failed.then_some(failure), is_warning, content })
}

fn fault(reader: &mut Reader<'_>) -> Result<Failure, Broken> {
    let mut failure = Failure::default();
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Unbound, "faultcode") if failure.code.is_empty() => {
                // It has a prefix of its own.
                let text = reader.text()?;
                failure.code = Failure::new(text.rsplit(':').next().unwrap_or_default()).code;
            }
            (Ns::Unbound, "detail") => detail(reader, &mut failure)?,
            _ => reader.skip()?,
        }
    }
    Ok(failure)
}

fn detail(reader: &mut Reader<'_>, failure: &mut Failure) -> Result<(), Broken> {
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Errors, "ResponseCode") => failure.code = Failure::new(&reader.text()?).code,
            (Ns::Types, "MessageXml") => failure.values = values(reader)?,
            _ => reader.skip()?,
        }
    }
    Ok(())
}

fn values(reader: &mut Reader<'_>) -> Result<Vec<(String, String)>, Broken> {
    let mut values = Vec::new();
    while let Some(start) = reader.child()? {
        match start.attribute("Name") {
            Some(name) if start.is(Ns::Types, "Value") => {
                let name = name.to_owned();
                values.push((name, reader.text()?));
            }
            _ => reader.skip()?,
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests;
