//! What users have chosen for themselves in *My Calendar*.

use std::collections::HashSet;

use anyhow::{Context, Result};

use super::Store;
use super::database::Value::{Integer, Text};
use crate::choices::Choices;

const READ: &str = "SELECT guid, choices FROM choice";
const WRITE: &str = "INSERT INTO choice (guid, choices, absent_since) VALUES ($1, $2, NULL) \
    ON CONFLICT (guid) DO UPDATE SET choices = excluded.choices, absent_since = NULL";
const ABSENT: &str = "UPDATE choice SET absent_since = $1 WHERE guid = $2 AND absent_since IS NULL";
const BACK: &str = "UPDATE choice SET absent_since = NULL WHERE guid = $1 AND absent_since IS NOT NULL";
const FORGET: &str = "DELETE FROM choice WHERE absent_since IS NOT NULL AND absent_since < $1";

impl Store {
    /// What everybody has chosen. What cannot be read counts as not chosen.
    pub async fn choices(&self) -> Result<Vec<(String, Choices)>> {
        let rows: Vec<(String, String)> = self.database.rows(READ, &[]).await?;
        let read = |(guid, text): (String, String)| Some((guid, serde_json::from_str(&text).ok()?));
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Replaces what a user has chosen. When this returns, it has reached the disk.
    pub async fn set_choices(&self, guid: &str, choices: &Choices) -> Result<()> {
        let text = serde_json::to_string(choices).context("choices")?;
        let mut transaction = self.database.begin().await?;
        transaction.execute(WRITE, &[Text(guid), Text(&text)]).await?;
        transaction.commit().await
    }

    /// Notes who of those that have chosen anything is a user of the PBX at `now`, and forgets who has not been one since
    /// `forget_before`.
    pub async fn note_present(&self, present: &HashSet<String>, now: i64, forget_before: i64) -> Result<()> {
        let rows: Vec<(String, String)> = self.database.rows(READ, &[]).await?;
        let mut transaction = self.database.begin().await?;
        for (guid, _) in &rows {
            if present.contains(guid) {
                transaction.execute(BACK, &[Text(guid)]).await?;
            } else {
                transaction.execute(ABSENT, &[Integer(now), Text(guid)]).await?;
            }
        }
        transaction.execute(FORGET, &[Integer(forget_before)]).await?;
        transaction.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::Titles;

    #[tokio::test]
    async fn people_4_choices_of_users_who_leave_the_pbx_are_kept_30_days() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path(), None).await.unwrap();
        let day = 24 * 3_600_000;
        let hidden = Choices { show: false, titles: Titles::Never, paused_until: Some(7) };
        for guid in ["here", "gone"] {
            store.set_choices(guid, &hidden).await.unwrap();
        }
        let present = HashSet::from(["here".to_owned()]);
        let kept = async |now: i64| {
            store.note_present(&present, now, now - 30 * day).await.unwrap();
            store.choices().await.unwrap().len()
        };
        assert_eq!(
            [kept(0).await, kept(day).await, kept(30 * day).await, kept(30 * day + 1).await],
            [2, 2, 2, 1]
        );
        assert_eq!(store.choices().await.unwrap(), [("here".to_owned(), hidden)]);
    }
}
