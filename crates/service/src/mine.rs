//! Who looks at his own calendar, and is told when it changes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};

use std::sync::Arc;
use tokio::sync::watch;

/// Sessions of users, by GUID. Those that have ended are forgotten when somebody comes.
#[derive(Default)]
pub(crate) struct Lookers(Mutex<HashMap<String, Vec<Weak<watch::Sender<()>>>>>);

/// Tells a session of news, as long as it is held.
pub(crate) struct Looking {
    _sender: Arc<watch::Sender<()>>,
    news: watch::Receiver<()>,
}

impl Lookers {
    /// Somebody looks.
    pub fn look(&self, guid: &str) -> Looking {
        let (sender, news) = watch::channel(());
        let sender = Arc::new(sender);
        let mut all = self.lock();
        all.retain(|_, lookers| {
            lookers.retain(|looker| looker.strong_count() > 0);
            !lookers.is_empty()
        });
        all.entry(guid.to_owned()).or_default().push(Arc::downgrade(&sender));
        Looking { _sender: sender, news }
    }

    /// Something may have changed for this user.
    pub fn touch(&self, guid: &str) {
        let all = self.lock();
        for looker in all.get(guid).into_iter().flatten().filter_map(Weak::upgrade) {
            looker.send_replace(());
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Weak<watch::Sender<()>>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Looking {
    /// Waits for news.
    pub async fn changed(&mut self) {
        if self.news.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn people_4_who_looks_hears_of_himself_alone() {
        let lookers = Lookers::default();
        let mut anna = lookers.look("anna");
        let bert = lookers.look("bert");
        lookers.touch("anna");
        anna.changed().await;
        assert!(!bert.news.has_changed().unwrap());
        drop((anna, bert));
        let _carl = lookers.look("carl");
        assert_eq!(lookers.lock().len(), 1, "who has gone is forgotten");
    }
}
