//! What to do about what servers say. One table has it all: the words of the connection test, what Microsoft's login,
//! Graph and Exchange say where it applies, and where in the set-up assistant it is set right.

mod table;

use calendar::settings::SyncType;

use super::Advice;
use table::REMEDIES;

/// A row of the table.
#[derive(Debug)]
pub struct Remedy {
    /// The word for it.
    pub advice: &'static str,
    /// What is wrong, as the beginning of a sentence.
    what: &'static str,
    /// What to do, as sentences.
    todo: &'static str,
    place: Place,
    /// Numbers of Microsoft's login (`AADSTS…`).
    login: &'static [u32],
    /// Codes of Microsoft Graph.
    graph: &'static [&'static str],
    /// Codes of Exchange Web Services.
    ews: &'static [&'static str],
    /// Other words for it in the status.
    status: &'static [&'static str],
}

/// Where it is set right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Nowhere in particular.
    None,
    Secret,
    Permissions,
    /// Client, tenant and cloud.
    Ids,
    /// Which mailboxes may be read.
    Limit,
    /// Who may use Exchange Web Services.
    AllowList,
    /// When Exchange Web Services end.
    End,
    Account,
    Impersonation,
    Server,
    Certificate,
    Protection,
    Quota,
    AppObjects,
}

impl Remedy {
    /// For a number of Microsoft's login.
    pub fn of_login(number: u32) -> Option<&'static Self> {
        REMEDIES.iter().find(|remedy| remedy.login.contains(&number))
    }

    /// For a code of Microsoft Graph, which does not agree with itself about the case of the first letter.
    pub fn of_graph(code: &str) -> Option<&'static Self> {
        REMEDIES.iter().find(|remedy| remedy.graph.iter().any(|known| known.eq_ignore_ascii_case(code)))
    }

    /// For a code of Exchange Web Services.
    pub fn of_ews(code: &str) -> Option<&'static Self> {
        REMEDIES.iter().find(|remedy| remedy.ews.contains(&code))
    }

    /// By its word, or by one of the status.
    pub fn named(word: &str) -> Option<&'static Self> {
        let own = REMEDIES.iter().find(|remedy| remedy.advice == word);
        own.or_else(|| REMEDIES.iter().find(|remedy| remedy.status.contains(&word)))
    }

    /// All that a sentence can say: what is wrong, with the code in brackets, and what to do.
    pub fn sentence(&self, code: &str) -> String {
        let code = if code.is_empty() { String::new() } else { format!(" ({code})") };
        format!("{}{code}. {}", self.what, self.todo).trim_end().to_owned()
    }

    /// Code, words, and what the other side said.
    pub fn told(&'static self, said: &str, shown: &str) -> Advice {
        Advice::new(self.advice, self.sentence(shown)).said(said)
    }

    /// The page of the assistant on which it is set right with this way to the calendars.
    pub const fn page(&self, sync_type: SyncType) -> Option<&'static str> {
        if matches!(self.place, Place::AppObjects) {
            return Some("appObjects");
        }
        match sync_type {
            SyncType::Disabled => None,
            SyncType::Graph => graph_page(self.place),
            SyncType::CloudAppOnly => app_only_page(self.place),
            // There is nothing to be set right there any more.
            SyncType::Cloud => match self.place {
                Place::None | Place::Certificate | Place::Server => None,
                _ => Some("cloud/gone"),
            },
            SyncType::OnPremises => local_page(self.place),
            SyncType::Hybrid => match graph_page(self.place) {
                None => local_page(self.place),
                page => page,
            },
        }
    }
}

const fn graph_page(place: Place) -> Option<&'static str> {
    match place {
        Place::Secret => Some("graph/secret"),
        Place::Permissions => Some("graph/permissions"),
        Place::Ids => Some("graph/ids"),
        Place::Limit => Some("graph/limit"),
        // Exchange has a list for Graph, too, and one script for it.
        Place::AllowList => Some("cloudAppOnly/allowList"),
        _ => None,
    }
}

const fn app_only_page(place: Place) -> Option<&'static str> {
    match place {
        Place::Secret => Some("cloudAppOnly/secret"),
        // A scope is limited where the permission is chosen.
        Place::Permissions | Place::Limit | Place::Impersonation => Some("cloudAppOnly/manifest"),
        Place::Ids => Some("cloudAppOnly/ids"),
        Place::AllowList => Some("cloudAppOnly/allowList"),
        Place::End => Some("cloudAppOnly/end"),
        _ => None,
    }
}

const fn local_page(place: Place) -> Option<&'static str> {
    match place {
        Place::Account => Some("onPremises/account"),
        Place::Impersonation | Place::Limit => Some("onPremises/impersonation"),
        Place::Server => Some("onPremises/server"),
        Place::Certificate => Some("onPremises/certificate"),
        Place::Protection => Some("onPremises/protection"),
        Place::Quota => Some("onPremises/quota"),
        _ => None,
    }
}

/// One word of what somebody else wrote: nothing else goes into messages and logs.
pub fn word(text: &str) -> String {
    let is_of_word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    text.chars().filter(is_of_word).take(64).collect()
}

#[cfg(test)]
mod tests;
