//! Who works at the company, and what their calendars hold every week.

use anyhow::Result;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use graph_sim::{Appointment, Sensitivity, Series, ShowAs};
use pbx_sim::Pbx;

use super::DOMAIN;
use super::calendars::Calendars;

/// Where they work.
pub(super) const ZONE: Tz = Tz::Europe__Berlin;

/// Somebody who works there.
struct Colleague {
    h323: &'static str,
    name: &'static str,
    calendar: fn(&Calendar<'_>) -> Result<()>,
}

const COLLEAGUES: [Colleague; 12] = [
    Colleague {
        h323: "anna.berg",
        name: "Anna Berg",
        calendar: |calendar| calendar.meets("Stand-up", 9, 10),
    },
    Colleague {
        h323: "bela.kovacs",
        name: "Béla Kovács",
        calendar: |calendar| calendar.meets("Customer visit", 10, 15),
    },
    Colleague {
        h323: "chiara.rossi",
        name: "Chiara Rossi",
        calendar: |calendar| calendar.is_away("Vacation in Apulia"),
    },
    Colleague { h323: "david.lind", name: "David Lind", calendar: |calendar| calendar.works_elsewhere() },
    Colleague { h323: "emma.dubois", name: "Emma Dubois", calendar: |calendar| calendar.meets_privately() },
    Colleague {
        h323: "filip.novak",
        name: "Filip Novák",
        calendar: |calendar| calendar.meets("Design review", 13, 16),
    },
    Colleague {
        h323: "greta.olsen",
        name: "Greta Olsen",
        calendar: |calendar| calendar.meets("Budget 2027", 8, 18),
    },
    Colleague {
        h323: "henry.wu",
        name: "Henry Wu",
        calendar: |calendar| calendar.meets("Support shift", 0, 23),
    },
    Colleague { h323: "ines.silva", name: "Inês Silva", calendar: |_| Ok(()) },
    Colleague { h323: "jan.peeters", name: "Jan Peeters", calendar: |_| Ok(()) },
    Colleague { h323: "reception", name: "Reception", calendar: |_| Ok(()) },
    Colleague { h323: "karl.weiss", name: "Karl Weiss", calendar: |_| Ok(()) },
];

/// Colleagues in whose calendars something happens while somebody watches.
pub(super) const LIVELY: [&str; 5] = ["anna.berg", "bela.kovacs", "filip.novak", "ines.silva", "jan.peeters"];

/// The address of a colleague.
pub(super) fn address(h323: &str) -> String {
    format!("{h323}@{DOMAIN}")
}

pub(super) fn add_users(pbx: &Pbx) {
    for (number, colleague) in (1_u32..).zip(COLLEAGUES) {
        let guid = format!("{number:032x}");
        let name = colleague.name.to_owned();
        pbx.add_user(pbx_sim::User {
            cn: name.clone(),
            dn: name,
            e164: format!("{}", 100 + number),
            ..pbx_sim::User::new(&guid, colleague.h323)
        });
    }
}

/// The reception has no mailbox, and that of Karl Weiss may not be read.
pub(super) fn fill_calendars(calendars: &Calendars) -> Result<()> {
    let with_mailbox = || COLLEAGUES.iter().filter(|colleague| colleague.h323 != "reception");
    let mailbox =
        |colleague: &Colleague| (address(colleague.h323), colleague.name, colleague.h323 != "karl.weiss");
    calendars.add_mailboxes(&with_mailbox().map(mailbox).collect::<Vec<_>>())?;
    for colleague in with_mailbox() {
        (colleague.calendar)(&Calendar {
            calendars,
            address: address(colleague.h323),
            today: Utc::now().with_timezone(&ZONE).date_naive(),
        })?;
    }
    Ok(())
}

/// A calendar to be filled.
struct Calendar<'a> {
    calendars: &'a Calendars,
    address: String,
    today: NaiveDate,
}

impl Calendar<'_> {
    /// Every day at the same time.
    fn meets(&self, subject: &str, from: u32, to: u32) -> Result<()> {
        self.every_day(Appointment::new(subject, self.at(from), self.at(to)))
    }

    fn meets_privately(&self) -> Result<()> {
        let appointment = Appointment::new("Doctor", self.at(7), self.at(20));
        self.every_day(Appointment { sensitivity: Sensitivity::Private, ..appointment })
    }

    fn works_elsewhere(&self) -> Result<()> {
        let (start, end) = (self.day(0), self.day(1));
        let appointment = Appointment::whole_day("Working from home", start, end);
        self.every_day(Appointment { show_as: ShowAs::WorkingElsewhere, ..appointment })
    }

    fn is_away(&self, subject: &str) -> Result<()> {
        let appointment = Appointment::whole_day(subject, self.day(0), self.day(10));
        self.calendars.add(&self.address, Appointment { show_as: ShowAs::Oof, ..appointment })?;
        Ok(())
    }

    fn every_day(&self, first: Appointment) -> Result<()> {
        let days = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7).collect();
        let mut series = Series::weekly(first);
        series.days = days;
        self.calendars.add_series(&self.address, series)
    }

    fn day(&self, number: u64) -> NaiveDate {
        self.today.checked_add_days(Days::new(number)).unwrap_or(self.today)
    }

    /// An hour of today. Clocks are set at night, when nobody here meets.
    fn at(&self, hour: u32) -> DateTime<Utc> {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let local = ZONE.from_local_datetime(&self.today.and_time(time)).earliest();
        local.map_or_else(Utc::now, |local| local.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendars::Server;
    use super::*;
    use crate::demo_kind::DemoKind;

    #[tokio::test]
    async fn all_calendars_are_filled() {
        for kind in [DemoKind::Graph, DemoKind::Exchange] {
            let server = Server::start(kind).await.unwrap();
            let calendars = server.calendars();
            fill_calendars(&calendars).unwrap();
            for h323 in LIVELY {
                let now = Utc::now();
                let end = now + chrono::TimeDelta::hours(1);
                calendars.add(&address(h323), Appointment::new("x", now, end)).unwrap();
            }
            assert!(
                calendars
                    .add("reception@example.com", Appointment::new("x", Utc::now(), Utc::now()))
                    .is_err()
            );
        }
    }
}
