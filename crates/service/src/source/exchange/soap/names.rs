//! Whom the directory knows.

use super::answer::Content;
use crate::source::exchange::xml::{Broken, Ns, Reader, Start};

/// Those who fit.
#[derive(Debug, Default)]
pub struct Resolutions(pub Vec<Resolution>);

/// Somebody who fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// The mailbox.
    pub mailbox: Entry,
    /// Further addresses: three at most are listed.
    pub addresses: Vec<String>,
}

/// An entry of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// For people.
    pub name: String,
    /// The address.
    pub address: String,
    /// `SMTP` or `EX`.
    pub routing: String,
    /// `Mailbox`, `PublicDL` and others.
    pub kind: String,
}

impl Content for Resolutions {
    fn take(&mut self, start: &Start, reader: &mut Reader<'_>) -> Result<bool, Broken> {
        if !start.is(Ns::Messages, "ResolutionSet") {
            return Ok(false);
        }
        while let Some(start) = reader.child()? {
            if start.is(Ns::Types, "Resolution") {
                self.0.push(resolution(reader)?);
            } else {
                reader.skip()?;
            }
        }
        Ok(true)
    }
}

fn resolution(reader: &mut Reader<'_>) -> Result<Resolution, Broken> {
    let mut resolution = Resolution::default();
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Types, "Mailbox") => resolution.mailbox = address(reader)?,
            (Ns::Types, "Contact") => {
                while let Some(start) = reader.child()? {
                    if start.is(Ns::Types, "EmailAddresses") {
                        addresses(reader, &mut resolution.addresses)?;
                    } else {
                        reader.skip()?;
                    }
                }
            }
            _ => reader.skip()?,
        }
    }
    Ok(resolution)
}

fn address(reader: &mut Reader<'_>) -> Result<Entry, Broken> {
    let mut address = Entry::default();
    while let Some(start) = reader.child()? {
        let place = match (start.ns, start.name.as_str()) {
            (Ns::Types, "Name") => &mut address.name,
            (Ns::Types, "EmailAddress") => &mut address.address,
            (Ns::Types, "RoutingType") => &mut address.routing,
            (Ns::Types, "MailboxType") => &mut address.kind,
            _ => {
                reader.skip()?;
                continue;
            }
        };
        reader.text()?.trim().clone_into(place);
    }
    Ok(address)
}

fn addresses(reader: &mut Reader<'_>, addresses: &mut Vec<String>) -> Result<(), Broken> {
    while let Some(start) = reader.child()? {
        if start.is(Ns::Types, "Entry") {
            let text = reader.text()?;
            let text = text.trim();
            // They may have the type of address before them.
            let bare = text.split_once(':').filter(|(kind, _)| kind.eq_ignore_ascii_case("smtp"));
            addresses.push(bare.map_or(text, |(_, bare)| bare).to_owned());
        } else {
            reader.skip()?;
        }
    }
    Ok(())
}
