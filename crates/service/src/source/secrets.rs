//! The passwords of the settings, by item.

use calendar::settings::Item;
use secrecy::{ExposeSecret, SecretString};

/// Those that are stored.
#[derive(Clone, Debug, Default)]
pub struct Secrets(Vec<(Item, SecretString)>);

impl Secrets {
    /// The password of an item; empty if there is none. Settings that want one are not stored without it.
    pub fn get(&self, item: Item) -> SecretString {
        let stored = self.0.iter().find(|(name, _)| *name == item);
        stored.map_or_else(|| SecretString::from(""), |(_, secret)| secret.clone())
    }
}

impl FromIterator<(Item, SecretString)> for Secrets {
    fn from_iter<T: IntoIterator<Item = (Item, SecretString)>>(secrets: T) -> Self {
        Self(secrets.into_iter().collect())
    }
}

/// To find out whether one of them has changed.
impl PartialEq for Secrets {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().all(|(item, secret)| {
                other
                    .0
                    .iter()
                    .any(|(name, other)| name == item && other.expose_secret() == secret.expose_secret())
            })
    }
}
