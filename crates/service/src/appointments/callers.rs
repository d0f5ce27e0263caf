//! The callers in the database, and their tokens.

use anyhow::Result;
use appwebsocket::digests_match;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Builder;

use super::caller::{Caller, Draft, Kind, Refusal};
use crate::store::ApiStore;

/// How every token begins, so that scanners find one where none belongs.
const PREFIX: &str = "pbxcal_";
/// Random bytes of a token.
const TOKEN_BYTES: usize = 32;
/// Characters after the prefix.
const TOKEN_CHARS: usize = 43;
/// More are not kept.
const MAX_CALLERS: usize = 100;
/// When a caller has come last is noted so often at most.
const USE_PAUSE_MS: i64 = 60_000;

/// The callers.
pub(crate) struct Callers {
    store: ApiStore,
}

/// A caller that was saved.
pub(crate) struct Saved {
    pub id: String,
    /// A new token; it is nowhere else.
    pub token: Option<SecretString>,
}

impl Callers {
    pub fn new(store: ApiStore) -> Self {
        Self { store }
    }

    /// All of them, and when each has come last, by name.
    pub async fn all(&self) -> Result<Vec<(Caller, i64)>> {
        let stored = self.store.callers().await?;
        let mut callers: Vec<_> =
            stored.into_iter().filter_map(|row| Some((read(&row.contents)?, row.last_used))).collect();
        callers.sort_by(|(one, _), (other, _)| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        Ok(callers)
    }

    /// Saves a caller. Who gets a token for the first time, or asks for another, is told it this once.
    pub async fn save(&self, mut draft: Draft) -> Result<Result<Saved, Refusal>> {
        let all = self.all().await?;
        let known = match &draft.id {
            None => None,
            Some(id) => match all.iter().find(|(caller, _)| caller.id == *id) {
                Some((caller, _)) => Some(caller),
                None => return Ok(Err(Refusal::Unknown)),
            },
        };
        if known.is_none() && all.len() >= MAX_CALLERS {
            return Ok(Err(Refusal::TooMany));
        }
        let id = draft.id.take().unwrap_or_else(new_id);
        let wants_token = draft.new_token || known.is_none();
        let caller = match draft.into_caller(id) {
            Ok(caller) => caller,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if known.is_some_and(|known| known.kind != caller.kind) {
            return Ok(Err(Refusal::Invalid("kind")));
        }
        let others = all.iter().map(|(other, _)| other).filter(|other| other.id != caller.id);
        for other in others {
            if other.name == caller.name {
                return Ok(Err(Refusal::Invalid("name")));
            }
            if caller.sip.is_some() && other.sip == caller.sip {
                return Ok(Err(Refusal::Invalid("sip")));
            }
        }
        let token = (caller.kind == Kind::Token && wants_token).then(new_token);
        let hash = token.as_ref().map(|token| hash(token.expose_secret()));
        let contents = serde_json::to_string(&caller)?;
        self.store.write_caller(&caller.id, &contents, known.is_none(), hash.as_deref()).await?;
        Ok(Ok(Saved { id: caller.id, token }))
    }

    /// Removes a caller. Its appointments stay in the calendars. Whether there was one.
    pub async fn delete(&self, id: &str) -> Result<bool> {
        self.store.remove_caller(id).await
    }

    /// Who has this token.
    pub async fn of_token(&self, token: &str, now: i64) -> Result<Option<Caller>> {
        // What has another form was not made here, and costs no more than that.
        if token.strip_prefix(PREFIX).is_none_or(|rest| rest.len() != TOKEN_CHARS) {
            return Ok(None);
        }
        let hash = hex::encode(hash(token));
        let mut found = None;
        // All are compared, each in the same time.
        for (id, known) in self.store.tokens().await? {
            if digests_match(&hash, &hex::encode(known)) {
                found = Some(id);
            }
        }
        let Some(id) = found else { return Ok(None) };
        self.used(&id, now).await
    }

    async fn used(&self, id: &str, now: i64) -> Result<Option<Caller>> {
        let Some(stored) = self.store.caller(id).await? else { return Ok(None) };
        if now - stored.last_used >= USE_PAUSE_MS {
            self.store.note_use(id, now).await?;
        }
        Ok(read(&stored.contents))
    }
}

fn read(contents: &str) -> Option<Caller> {
    serde_json::from_str(contents).ok()
}

fn new_id() -> String {
    Builder::from_random_bytes(rand::random()).into_uuid().to_string()
}

fn new_token() -> SecretString {
    let random: [u8; TOKEN_BYTES] = rand::random();
    format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(random)).into()
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::store::Store;

    async fn callers(data: &tempfile::TempDir) -> Callers {
        Callers::new(Store::open(data.path(), None).await.unwrap().api())
    }

    #[expect(clippy::needless_pass_by_value, reason = "it reads better")]
    fn draft(changes: Json) -> Draft {
        let mut draft = json!({"name": "crm", "kind": "token", "rights": ["busy"], "mailboxes": []});
        draft.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(draft).unwrap()
    }

    #[tokio::test]
    async fn a_token_is_told_once_and_kept_as_a_hash() {
        let data = tempfile::tempdir().unwrap();
        let callers = callers(&data).await;
        let saved = callers.save(draft(json!({}))).await.unwrap().ok().unwrap();
        let token = saved.token.unwrap();
        let token = token.expose_secret();
        assert!(token.starts_with("pbxcal_") && token.len() == 50, "{}", token.len());
        assert_eq!(callers.of_token(token, 5).await.unwrap().unwrap().name, "crm");
        assert_eq!(callers.all().await.unwrap()[0].1, 0, "within the first minute");
        callers.of_token(token, 60_000).await.unwrap();
        assert_eq!(callers.all().await.unwrap()[0].1, 60_000);
        assert_eq!(callers.store.tokens().await.unwrap()[0].1, hash(token));
        for file in std::fs::read_dir(data.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(token.len()).any(|found| found == token.as_bytes()));
        }
        let changed =
            callers.save(draft(json!({"id": saved.id, "name": "other"}))).await.unwrap().ok().unwrap();
        assert!(changed.token.is_none(), "it stays");
        assert_eq!(callers.of_token(token, 0).await.unwrap().unwrap().name, "other");
        let again =
            callers.save(draft(json!({"id": saved.id, "newToken": true}))).await.unwrap().ok().unwrap();
        assert!(callers.of_token(token, 0).await.unwrap().is_none(), "the old one has ended");
        assert!(callers.of_token(again.token.unwrap().expose_secret(), 0).await.unwrap().is_some());
        assert!(callers.delete(&saved.id).await.unwrap() && !callers.delete(&saved.id).await.unwrap());
    }

    #[tokio::test]
    async fn what_is_no_token_lets_nobody_in() {
        let data = tempfile::tempdir().unwrap();
        let callers = callers(&data).await;
        // A caller without a token must not be found by the hash of nothing.
        callers.save(draft(json!({"kind": "app", "sip": "crm"}))).await.unwrap().ok().unwrap();
        for token in ["", "pbxcal_", &format!("pbxcal_{}", "A".repeat(43)), &"A".repeat(50)] {
            assert!(callers.of_token(token, 0).await.unwrap().is_none(), "{token}");
        }
    }

    #[tokio::test]
    async fn names_are_good_once_and_a_kind_stays() {
        let data = tempfile::tempdir().unwrap();
        let callers = callers(&data).await;
        let id = callers.save(draft(json!({"kind": "app", "sip": "x"}))).await.unwrap().ok().unwrap().id;
        let refusal = async |changes| callers.save(draft(changes)).await.unwrap().err().unwrap();
        assert_eq!(refusal(json!({})).await, Refusal::Invalid("name"));
        assert_eq!(refusal(json!({"name": "2", "kind": "app", "sip": "x"})).await, Refusal::Invalid("sip"));
        assert_eq!(refusal(json!({"id": id})).await, Refusal::Invalid("kind"));
        assert_eq!(refusal(json!({"id": "other"})).await, Refusal::Unknown);
        for number in 1..100 {
            callers.save(draft(json!({"name": number.to_string()}))).await.unwrap().ok().unwrap();
        }
        assert_eq!(refusal(json!({"name": "one more"})).await, Refusal::TooMany);
    }
}
