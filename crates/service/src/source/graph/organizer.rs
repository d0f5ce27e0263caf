//! Organizers whom Exchange names as its directory does (`/O=…/CN=…`) instead of by an e-mail address.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use calendar::appointment::ShowAs;
use tokio::time::Instant;

use super::classify::REFUSED;
use super::client::Graph;
use crate::source::Error;
use crate::source::record::Record;

/// People keep their names; where nobody is found somebody may be later.
const FOUND_LASTS: Duration = Duration::from_hours(24);
const UNKNOWN_LASTS: Duration = Duration::from_hours(1);
/// So many are remembered.
const MOST: usize = 10_000;
/// So many are looked up for one mailbox in one go.
const MOST_AT_ONCE: usize = 20;

/// Addresses by name; empty where there is none.
#[derive(Debug, Default)]
pub(super) struct Organizers(Mutex<HashMap<String, (String, Instant)>>);

impl Organizers {
    /// What is remembered of a name, if anything.
    fn known(&self, name: &str) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (address, since) = known.get(name)?;
        let lasts = if address.is_empty() { UNKNOWN_LASTS } else { FOUND_LASTS };
        (since.elapsed() < lasts).then(|| address.clone())
    }

    fn remember(&self, name: String, address: String) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(name, (address, Instant::now()));
    }
}

/// Whether this is a name of the directory, no e-mail address.
fn is_x500(organizer: &str) -> bool {
    organizer.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("/o="))
}

impl Graph {
    /// Puts addresses in the place of names. Organizers count for tentative appointments alone. Whether some are left to
    /// be asked for again.
    pub(super) async fn resolve_organizers(&self, records: &mut [Record]) -> bool {
        let mut asked = 0;
        let mut is_open = false;
        let named = records
            .iter_mut()
            .filter(|record| record.show_as == ShowAs::Tentative && is_x500(&record.organizer));
        for record in named {
            let name = record.organizer.to_lowercase();
            let address = match self.organizers.known(&name) {
                Some(known) => known,
                None if self.directory.holds() => String::new(),
                None if asked == MOST_AT_ONCE => {
                    is_open = true;
                    String::new()
                }
                None => {
                    asked += 1;
                    let found = self.look_up_organizer(name, &record.organizer).await;
                    is_open |= found.is_err();
                    found.unwrap_or_default()
                }
            };
            if !address.is_empty() {
                record.organizer = address;
            }
        }
        is_open
    }

    async fn look_up_organizer(&self, name: String, organizer: &str) -> Result<String, Error> {
        let address = match self.address_of(organizer).await {
            Err(Error::Forbidden) => {
                self.directory.note();
                return Ok(String::new());
            }
            // A name that the directory does not take is nobody's.
            Err(Error::Failed(advice)) if advice.code == REFUSED => String::new(),
            address => address?.unwrap_or_default(),
        };
        self.organizers.remember(name, address.clone());
        Ok(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_directory_are_told_from_addresses() {
        assert!(is_x500("/O=EXCHANGELABS/OU=EXCHANGE/CN=RECIPIENTS/CN=0123-ANNA") && is_x500("/o=x/cn=y"));
        for address in ["anna@example.com", "", "/o", "/ü=", "o=x"] {
            assert!(!is_x500(address), "{address}");
        }
    }

    #[test]
    fn a_name_is_remembered_also_where_nobody_has_it() {
        let organizers = Organizers::default();
        assert_eq!(organizers.known("/o=x"), None);
        organizers.remember("/o=x".to_owned(), "a@b.c".to_owned());
        organizers.remember("/o=y".to_owned(), String::new());
        assert_eq!(organizers.known("/o=x"), Some("a@b.c".to_owned()));
        assert_eq!(organizers.known("/o=y"), Some(String::new()));
    }
}
