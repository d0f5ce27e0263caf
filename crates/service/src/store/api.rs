//! What the Calendar API keeps: its callers, what they have written, and the record of it. What the sealed parts hold
//! is the business of [`appointments`](crate::appointments).

use anyhow::{Result, anyhow};
use secrecy::{ExposeSecret, SecretString};

use super::Store;
use super::database::Value::{Bytes, Integer, Null, Text};
use super::database::{Database, Transaction};
use crate::vault::Vault;

const CALLERS: &str = "SELECT id, last_used, sealed FROM caller ORDER BY id";
const CALLER: &str = "SELECT id, last_used, sealed FROM caller WHERE id = $1";
const TOKENS: &str = "SELECT id, token FROM caller";
const NEW_CALLER: &str = "INSERT INTO caller (id, token, last_used, sealed) VALUES ($1, $2, 0, $3)";
const CHANGE_CALLER: &str = "UPDATE caller SET sealed = $2 WHERE id = $1";
const NEW_TOKEN: &str = "UPDATE caller SET token = $2 WHERE id = $1";
const USED: &str = "UPDATE caller SET last_used = $2 WHERE id = $1";
const REMOVE_CALLER: &str = "DELETE FROM caller WHERE id = $1 RETURNING id";
const BEGIN: &str =
    "INSERT INTO appointment (caller, key, at, sealed) VALUES ($1, $2, $3, $4) RETURNING number";
const BY_KEY: &str = "SELECT number, caller, sealed FROM appointment WHERE caller = $1 AND key = $2";
const BY_NUMBER: &str = "SELECT number, caller, sealed FROM appointment WHERE number = $1";
const CHANGE: &str = "UPDATE appointment SET at = $2, sealed = $3 WHERE number = $1";
const FORGET: &str = "DELETE FROM appointment WHERE number = $1";
const FORGET_KEYS: &str = "UPDATE appointment SET key = NULL WHERE at < $1 AND key IS NOT NULL";
const FORGET_OLD: &str = "DELETE FROM appointment WHERE at < $1";
const NOTE: &str = "INSERT INTO audit (at, sealed) VALUES ($1, $2)";
const FORGET_NOTES: &str = "DELETE FROM audit WHERE at < $1";
const AUDIT: &str = "SELECT number, at, sealed FROM audit WHERE number <= $1 ORDER BY number DESC LIMIT $2";

/// What the Calendar API keeps, in the database.
#[derive(Clone)]
pub struct ApiStore {
    database: Database,
    vault: Vault,
}

/// A caller as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCaller {
    /// Names it for ever.
    pub id: String,
    /// Milliseconds since the epoch; 0 for never.
    pub last_used: i64,
    /// All else, sealed on the disk.
    pub contents: String,
}

/// An appointment that a caller has written or begun to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAppointment {
    /// Names it for ever.
    pub number: i64,
    /// Whose it is.
    pub caller: String,
    /// All else, sealed on the disk.
    pub contents: String,
}

/// How the audit continues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Grows from entry to entry.
    pub number: i64,
    /// Milliseconds since the epoch.
    pub at: i64,
    /// What happened, sealed on the disk.
    pub contents: String,
}

impl Store {
    /// What the Calendar API keeps in this database.
    pub fn api(&self) -> ApiStore {
        ApiStore { database: self.database.clone(), vault: self.vault.clone() }
    }
}

impl ApiStore {
    /// All callers. One that cannot be opened counts as not there.
    pub async fn callers(&self) -> Result<Vec<StoredCaller>> {
        let rows: Vec<(String, i64, Vec<u8>)> = self.database.rows(CALLERS, &[]).await?;
        Ok(rows.into_iter().filter_map(|row| self.caller_of(row)).collect())
    }

    /// A caller.
    pub async fn caller(&self, id: &str) -> Result<Option<StoredCaller>> {
        let rows: Vec<(String, i64, Vec<u8>)> = self.database.rows(CALLER, &[Text(id)]).await?;
        Ok(rows.into_iter().next().and_then(|row| self.caller_of(row)))
    }

    fn caller_of(&self, (id, last_used, sealed): (String, i64, Vec<u8>)) -> Option<StoredCaller> {
        let contents = self.open(&format!("caller {id}"), &sealed)?;
        Some(StoredCaller { id, last_used, contents })
    }

    /// The hashes of all tokens, with the callers to whom they belong; empty where there is none.
    pub async fn tokens(&self) -> Result<Vec<(String, Vec<u8>)>> {
        self.database.rows(TOKENS, &[]).await
    }

    /// Stores a caller that is `new`, with the hash of its token, or changes one; its token only if there is another.
    pub async fn write_caller(
        &self,
        id: &str,
        contents: &str,
        new: bool,
        token: Option<&[u8]>,
    ) -> Result<()> {
        let sealed = self.seal(&format!("caller {id}"), contents)?;
        let mut transaction = self.database.begin().await?;
        if new {
            let values = [Text(id), Bytes(token.unwrap_or_default()), Bytes(&sealed)];
            transaction.execute(NEW_CALLER, &values).await?;
        } else {
            transaction.execute(CHANGE_CALLER, &[Text(id), Bytes(&sealed)]).await?;
            if let Some(token) = token {
                transaction.execute(NEW_TOKEN, &[Text(id), Bytes(token)]).await?;
            }
        }
        transaction.commit().await
    }

    /// Notes when a caller has come last.
    pub async fn note_use(&self, id: &str, at: i64) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        transaction.execute(USED, &[Text(id), Integer(at)]).await?;
        transaction.commit().await
    }

    /// Removes a caller. Whether there was one.
    pub async fn remove_caller(&self, id: &str) -> Result<bool> {
        let mut transaction = self.database.begin().await?;
        let removed: Vec<(String,)> = transaction.rows(REMOVE_CALLER, &[Text(id)]).await?;
        transaction.commit().await?;
        Ok(!removed.is_empty())
    }

    /// Begins an appointment; its number comes back. When this returns, it has reached the disk.
    pub async fn begin(&self, caller: &str, key: Option<&str>, at: i64, contents: &str) -> Result<i64> {
        let sealed = self.seal(&format!("appointment {caller}"), contents)?;
        let mut transaction = self.database.begin().await?;
        let values = [Text(caller), key.map_or(Null, Text), Integer(at), Bytes(&sealed)];
        let numbers: Vec<(i64,)> = transaction.rows(BEGIN, &values).await?;
        transaction.commit().await?;
        numbers.first().map(|(number,)| *number).ok_or_else(|| anyhow!("the database gave no number"))
    }

    /// The appointment that a caller has written, or begun to write, with a key.
    pub async fn by_key(&self, caller: &str, key: &str) -> Result<Option<StoredAppointment>> {
        self.appointment_of(self.database.rows(BY_KEY, &[Text(caller), Text(key)]).await?)
    }

    /// The appointment of a number.
    pub async fn by_number(&self, number: i64) -> Result<Option<StoredAppointment>> {
        self.appointment_of(self.database.rows(BY_NUMBER, &[Integer(number)]).await?)
    }

    /// What cannot be opened is an error and not nothing: it would be written a second time.
    fn appointment_of(&self, rows: Vec<(i64, String, Vec<u8>)>) -> Result<Option<StoredAppointment>> {
        let Some((number, caller, sealed)) = rows.into_iter().next() else { return Ok(None) };
        let contents = self.open(&format!("appointment {caller}"), &sealed);
        let contents = contents.ok_or_else(|| anyhow!("an appointment in the database does not open"))?;
        Ok(Some(StoredAppointment { number, caller, contents }))
    }

    /// Changes what is known of an appointment, and notes what happened, both or neither.
    pub async fn change(&self, row: &StoredAppointment, at: i64, note: Option<&str>) -> Result<()> {
        let sealed = self.seal(&format!("appointment {}", row.caller), &row.contents)?;
        let mut transaction = self.database.begin().await?;
        transaction.execute(CHANGE, &[Integer(row.number), Integer(at), Bytes(&sealed)]).await?;
        self.add_note(&mut transaction, at, note).await?;
        transaction.commit().await
    }

    /// Forgets an appointment of which nothing has been written, and notes what happened.
    pub async fn forget(&self, number: i64, at: i64, note: Option<&str>) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        transaction.execute(FORGET, &[Integer(number)]).await?;
        self.add_note(&mut transaction, at, note).await?;
        transaction.commit().await
    }

    /// Notes what happened.
    pub async fn note(&self, at: i64, note: &str) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        self.add_note(&mut transaction, at, Some(note)).await?;
        transaction.commit().await
    }

    async fn add_note(&self, transaction: &mut Transaction, at: i64, note: Option<&str>) -> Result<()> {
        let Some(note) = note else { return Ok(()) };
        let sealed = self.seal("audit", note)?;
        transaction.execute(NOTE, &[Integer(at), Bytes(&sealed)]).await
    }

    /// What happened last, the newest first, from a number on downwards.
    pub async fn audit(&self, from: Option<i64>, limit: i64) -> Result<Vec<StoredEntry>> {
        let values = [Integer(from.unwrap_or(i64::MAX)), Integer(limit)];
        let rows: Vec<(i64, i64, Vec<u8>)> = self.database.rows(AUDIT, &values).await?;
        let entry = |(number, at, sealed): (i64, i64, Vec<u8>)| {
            Some(StoredEntry { number, at, contents: self.open("audit", &sealed)? })
        };
        Ok(rows.into_iter().filter_map(entry).collect())
    }

    /// Forgets keys, appointments and notes of before these instants.
    pub async fn clean(&self, keys: i64, appointments: i64, notes: i64) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        transaction.execute(FORGET_KEYS, &[Integer(keys)]).await?;
        transaction.execute(FORGET_OLD, &[Integer(appointments)]).await?;
        transaction.execute(FORGET_NOTES, &[Integer(notes)]).await?;
        transaction.commit().await
    }

    fn open(&self, name: &str, sealed: &[u8]) -> Option<String> {
        Some(self.vault.open(name, sealed).ok()?.expose_secret().to_owned())
    }

    fn seal(&self, name: &str, contents: &str) -> Result<Vec<u8>> {
        let sealed = self.vault.seal(name, &SecretString::from(contents));
        sealed.map_err(|_| anyhow!("cannot encrypt what the Calendar API keeps"))
    }
}

#[cfg(test)]
mod tests;
