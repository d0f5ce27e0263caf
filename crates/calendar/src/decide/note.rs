//! The note for a state: titles by rule 8, *dnd* as busy by rule 9, the readable part in language and zone of the
//! settings.

use calendar_presence::{Activity, Presence, Viewer, clean_title};
use chrono::NaiveDate;

use super::considered::Considered;
use super::rules::Rules;
use super::state::State;
use crate::Platform;
use crate::appointment::Sensitivity;
use crate::instant::{Instant, Zones};
use crate::viewer::ZoneViewer;

/// Titles are cut to this many code points.
const TITLE_LENGTH: usize = 128;

pub(super) fn write<P: Platform + Zones>(rules: &Rules<P>, state: &State<'_, '_>, now: Instant) -> String {
    let language = rules.language;
    let Some(end) = state.end else {
        return language.words().free.to_owned();
    };
    let title = |one: Option<&Considered<'_>>| one.and_then(|one| title(rules, one));
    let presence = Presence {
        activity: shown(state.activity()),
        title: title(state.leading),
        until: Some(end),
        whole_day: state.whole_day(),
        next_activity: state.next.map(|next| shown(next.activity)),
        next_title: title(state.next),
    };
    presence.write(language, &when(rules, end, state.end_date, now))
}

/// The clients print nothing for a do not disturb; the PBX activity carries it anyway.
fn shown(activity: Activity) -> Activity {
    if activity == Activity::Dnd { Activity::Busy } else { activity }
}

fn title<P>(rules: &Rules<P>, considered: &Considered<'_>) -> Option<String> {
    let is_untitled = considered.appointment.is_automatic_replies();
    if !rules.show_subject || is_untitled || (considered.exception && !rules.show_exception_title) {
        return None;
    }
    if considered.appointment.sensitivity != Sensitivity::Normal {
        return Some(rules.language.words().private.to_owned());
    }
    Some(cut(clean_title(&considered.appointment.subject)))
}

fn cut(title: String) -> String {
    if title.chars().count() <= TITLE_LENGTH {
        return title;
    }
    title.chars().take(TITLE_LENGTH - 1).chain(['…']).collect()
}

/// The end as the readable part has it. Of a whole day it is the date that the appointment has.
fn when<P: Zones>(rules: &Rules<P>, end: Instant, date: Option<NaiveDate>, now: Instant) -> String {
    let viewer = ZoneViewer { language: rules.language, zone: &rules.zone, zones: &rules.platform };
    let mut text = String::new();
    match date {
        Some(date) => viewer.append_date((date - NaiveDate::default()).num_days(), &mut text),
        None => viewer.append_when(end, now, &mut text),
    }
    text
}
