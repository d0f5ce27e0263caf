//! Users for whom something of ours is or may be shown at a PBX. Neither notes nor names, only who they are.

use anyhow::Result;

use super::Store;
use super::database::Value::Text;

const READ: &str = "SELECT guid FROM presence WHERE pbx = $1";
const NOTE: &str = "INSERT INTO presence (pbx, guid) VALUES ($1, $2) ON CONFLICT (pbx, guid) DO NOTHING";
const FORGET: &str = "DELETE FROM presence WHERE pbx = $1 AND guid = $2";

impl Store {
    /// GUIDs of the users of a PBX.
    pub async fn presences(&self, pbx: &str) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self.database.rows(READ, &[Text(pbx)]).await?;
        Ok(rows.into_iter().map(|(guid,)| guid).collect())
    }

    /// Notes some users and forgets others, all or none. When this returns, it has reached the disk.
    pub async fn note_presences(&self, pbx: &str, note: &[String], forget: &[String]) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        for (statement, guids) in [(FORGET, forget), (NOTE, note)] {
            for guid in guids {
                transaction.execute(statement, &[Text(pbx), Text(guid)]).await?;
            }
        }
        transaction.commit().await
    }
}
