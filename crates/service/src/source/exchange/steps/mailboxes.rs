//! Who may be read.

use calendar::settings::SyncType;
use chrono::TimeDelta;

use super::ExchangeSteps;
use crate::source::exchange::autodiscover::Undiscovered;
use crate::source::exchange::ews::Call;
use crate::source::exchange::servers::Place;
use crate::source::exchange::soap::{self, Nothing, Who};
use crate::source::exchange::trouble::Trouble;
use crate::source::steps::{Outcome, Verdict, today};

/// Appointments are counted that fall into this time.
const WINDOW: TimeDelta = TimeDelta::hours(48);

impl ExchangeSteps {
    /// Whether an application asks in nobody's name.
    pub(super) fn is_application(&self) -> bool {
        self.settings.sync_type == SyncType::CloudAppOnly
    }

    /// The calendar of the account itself.
    pub(super) async fn own_mailbox(&mut self) -> Outcome {
        let place = match self.place().await {
            Ok(place) => place,
            Err(outcome) => return outcome,
        };
        let (body, anchor) = (soap::get_own_folder(), self.account().to_owned());
        let call = Call { operation: "GetFolder", body: &body, anchor: &anchor, jar: None };
        match place.ews.one::<Nothing>(call).await {
            Ok(Nothing) => Outcome::ok("The account has a mailbox of its own."),
            Err(trouble) => {
                let failed = self.failed(&trouble);
                Outcome { code: failed.code, ..Outcome::row(Verdict::Warning, "noOwnMailbox") }
            }
        }
    }

    /// Acts for somebody.
    pub(super) async fn impersonation(&mut self, address: &str) -> Outcome {
        let outcome = match self.open(address).await {
            Ok(_) => Outcome::ok(format!("The calendar of {address} can be opened.")),
            Err(outcome) => outcome,
        };
        outcome.fact("mailbox", address)
    }

    /// Reads somebody's calendar.
    pub(super) async fn appointments(&mut self, address: &str) -> Outcome {
        let outcome = match self.count(address).await {
            Ok(appointments) => Outcome::ok(format!(
                "The calendar of {address} has {appointments} appointments within 48 hours."
            ))
            .fact("appointments", appointments.to_string())
            .fact("hours", "48"),
            Err(outcome) => outcome,
        };
        outcome.fact("mailbox", address)
    }

    /// The same read must be refused for somebody outside.
    pub(super) async fn outside(&mut self, address: &str) -> Outcome {
        let place = match self.place_of(address).await {
            Ok(place) => place,
            Err(outcome) => return outcome,
        };
        let outcome = match self.folder(&place, address).await {
            Ok(()) => Outcome::row(Verdict::Warning, "tooBroad").saying(format!(
                "The calendar of {address} can be read, though it should not be. Narrow the scope, and test again."
            )),
            Err(Trouble::Code(failure))
                if matches!(
                    failure.code.as_str(),
                    "ErrorImpersonateUserDenied" | "ErrorImpersonationDenied" | "ErrorAccessDenied"
                ) =>
            {
                Outcome::ok(format!("The calendar of {address} cannot be read, as it should be."))
            }
            Err(trouble) => self.failed(&trouble),
        };
        outcome.fact("outside", address)
    }

    /// The server of a mailbox that can be opened there.
    pub(super) async fn open(&mut self, address: &str) -> Result<Place, Outcome> {
        let place = self.place_of(address).await?;
        match self.folder(&place, address).await {
            Ok(()) => Ok(place),
            Err(trouble) => Err(self.failed(&trouble)),
        }
    }

    async fn folder(&self, place: &Place, address: &str) -> Result<(), Trouble> {
        let body = soap::get_folder(&Who::Smtp(address.to_owned()));
        let call = Call { operation: "GetFolder", body: &body, anchor: address, jar: None };
        place.ews.one::<Nothing>(call).await.map(|Nothing| ())
    }

    async fn count(&mut self, address: &str) -> Result<usize, Outcome> {
        let place = self.place_of(address).await?;
        let now = today();
        let window = (now.timestamp_millis(), (now + WINDOW).timestamp_millis());
        let read = self.exchange.reader.read(&place, &Who::Smtp(address.to_owned()), window).await;
        read.map(|records| records.len()).map_err(|trouble| self.failed(&trouble))
    }

    pub(super) async fn place_of(&mut self, address: &str) -> Result<Place, Outcome> {
        match self.exchange.servers.of(address).await {
            Ok(place) => Ok(place),
            Err(Undiscovered::Online) => Err(Outcome::row(Verdict::Failed, "mailboxElsewhere")),
            Err(Undiscovered::Trouble(trouble)) => Err(self.failed(&trouble)),
        }
    }
}
