//! Graph as the scheduler sees it.

use async_trait::async_trait;

use super::classify::permission_missing;
use super::client::Graph;
use super::missing;
use super::search::search;
use crate::source::backend::{
    Backend, Cursor, Details, Found, Mailbox, Missing, Read, Reading, Search, window,
};
use crate::source::{Advice, Error, Replies};

#[async_trait]
impl Backend for Graph {
    async fn find(&self, Search { guid, addresses, now }: Search<'_>) -> Result<Found, Error> {
        let (mailbox, page) = match search(self, guid, addresses, window(now)).await? {
            Ok(found) => found,
            Err(missing) => return Ok(Found::None(missing)),
        };
        let reading = self.read_afresh(guid, &mailbox, page).await?;
        Ok(Found::Mailbox(Box::new((mailbox, reading))))
    }

    async fn read(&self, read: Read<'_>) -> Result<Reading, Error> {
        match read.cursor {
            Some(cursor) => self.go_on(read, cursor).await,
            None => self.read_window(read).await,
        }
    }

    fn wants_replies(&self) -> bool {
        self.wants.replies
    }

    async fn replies(&self, mailbox: &Mailbox, _: Option<&Cursor>, _: i64) -> Result<Replies, Error> {
        if self.mailbox_settings.holds() {
            return Ok(Replies::Off);
        }
        match self.automatic_replies(&mailbox.user).await.map_err(Error::from) {
            Err(Error::Forbidden) => {
                self.mailbox_settings.note();
                Ok(Replies::Off)
            }
            replies => replies,
        }
    }

    fn wants_categories(&self) -> bool {
        self.wants.categories
    }

    fn details(&self) -> Details {
        let is_refused = self.wants.replies && self.mailbox_settings.holds();
        Details { warning: is_refused.then(replies_refused), ..Details::default() }
    }

    fn forget(&self, guid: &str) {
        self.failures.forget_user(guid);
    }

    async fn start_over(&self) {
        self.directory.forget();
        self.mailbox_settings.forget();
        self.renew_token().await;
    }

    fn missing(&self, missing: Missing, addresses: &[String]) -> Advice {
        missing::advice(missing, addresses)
    }

    fn all_forbidden(&self) -> Advice {
        permission_missing()
    }
}

fn replies_refused() -> Advice {
    Advice::new(
        "repliesNotGranted",
        "Microsoft Graph does not tell whether mailboxes answer automatically. Grant the application permission \
         MailboxSettings.Read to the app registration, with admin consent, or set \"Automatic replies\" to Ignore.",
    )
}
