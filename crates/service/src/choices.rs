//! What users decide about their own calendar.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a user has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Choices {
    /// Whether a presence comes from the calendar.
    pub show: bool,
    /// Whether titles are shown.
    pub titles: Titles,
    /// As if `show` were false until then, in milliseconds since the epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<i64>,
}

/// Whether titles are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Titles {
    /// As for everybody.
    #[default]
    AsConfigured,
    /// Never those of this user.
    Never,
}

impl Default for Choices {
    fn default() -> Self {
        Self { show: true, titles: Titles::AsConfigured, paused_until: None }
    }
}

impl Choices {
    /// Whether nothing is shown of the calendar at `now`.
    pub fn hides(&self, now: i64) -> bool {
        !self.show || self.paused_until.is_some_and(|until| until > now)
    }

    /// When that ends by itself.
    pub fn ends_at(&self, now: i64) -> Option<i64> {
        self.paused_until.filter(|until| self.show && *until > now)
    }

    /// With the fields of a `SetMine`; those that are absent stay. `None` if one of them is none.
    pub fn changed(&self, message: &serde_json::Map<String, Json>) -> Option<Self> {
        let mut changed = self.clone();
        if let Some(show) = message.get("show") {
            changed.show = show.as_bool()?;
        }
        if let Some(titles) = message.get("titles") {
            changed.titles = Titles::deserialize(titles).ok()?;
        }
        match message.get("pausedUntil") {
            None => {}
            Some(Json::Null) => changed.paused_until = None,
            Some(until) => changed.paused_until = Some(until.as_i64()?),
        }
        Some(changed)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changed(before: &Choices, message: &Json) -> Option<Choices> {
        before.changed(message.as_object().unwrap())
    }

    #[test]
    fn people_4_a_field_that_is_absent_stays_and_one_that_is_none_changes_nothing() {
        let all = json!({"show": false, "titles": "never", "pausedUntil": 7});
        let chosen = changed(&Choices::default(), &all).unwrap();
        assert_eq!(chosen, Choices { show: false, titles: Titles::Never, paused_until: Some(7) });
        assert_eq!(changed(&chosen, &json!({})), Some(chosen.clone()));
        let shown = changed(&chosen, &json!({"show": true, "pausedUntil": null})).unwrap();
        assert_eq!(shown, Choices { titles: Titles::Never, ..Choices::default() });
        for wrong in [
            json!({"show": 1}),
            json!({"titles": "no"}),
            json!({"pausedUntil": "soon"}),
            json!({"show": null}),
        ] {
            assert_eq!(changed(&chosen, &wrong), None, "{wrong}");
        }
    }

    #[test]
    fn people_4_a_pause_is_over_at_its_instant() {
        let paused = Choices { paused_until: Some(9), ..Choices::default() };
        assert_eq!((paused.hides(8), paused.ends_at(8)), (true, Some(9)));
        assert_eq!((paused.hides(9), paused.ends_at(9)), (false, None));
        let hidden = Choices { show: false, ..paused };
        assert_eq!((hidden.hides(9), hidden.ends_at(8)), (true, None));
    }
}
