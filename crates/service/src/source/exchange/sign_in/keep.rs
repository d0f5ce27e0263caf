//! What is kept of a sign-in. It is as good as a password.

use anyhow::Result;
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

/// Where it is kept. What was written is durable when that returns.
#[async_trait]
pub trait Keep: Send + Sync {
    /// What was written last.
    async fn read(&self) -> Result<Option<SecretString>>;

    /// Replaces it; with nothing it is removed.
    async fn write(&self, kept: Option<SecretString>) -> Result<()>;
}

/// Keeps it until the process ends.
#[derive(Default)]
pub struct Memory(Mutex<Option<SecretString>>);

#[async_trait]
impl Keep for Memory {
    async fn read(&self) -> Result<Option<SecretString>> {
        Ok(self.0.lock().await.clone())
    }

    async fn write(&self, kept: Option<SecretString>) -> Result<()> {
        *self.0.lock().await = kept;
        Ok(())
    }
}

/// A refresh token, and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// The token.
    pub token: SecretString,
    /// Who signed in, as far as the login says.
    pub name: Option<String>,
    /// When, in milliseconds since the epoch.
    pub since: i64,
}

impl Kept {
    /// The same with the token that has taken its place.
    pub fn renewed(&self, token: &str) -> Self {
        Self { token: token.into(), ..self.clone() }
    }
}

/// As it lies there.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// Client, tenant, user and cloud: for what it is good.
    owner: String,
    token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default)]
    since: i64,
}

/// The refresh token of this owner, if it is theirs.
pub(super) async fn read(keep: &dyn Keep, owner: &str) -> Result<Option<Kept>> {
    let Some(text) = keep.read().await? else { return Ok(None) };
    match serde_json::from_str::<Stored>(text.expose_secret()) {
        Ok(Stored { owner: of, token, name, since }) if of == owner => {
            Ok(Some(Kept { token: token.into(), name, since }))
        }
        _ => Ok(None),
    }
}

/// Removes what is another owner's: nobody will ask for it again.
pub(super) async fn drop_of_others(keep: &dyn Keep, owner: &str) -> Result<()> {
    if keep.read().await?.is_some() && read(keep, owner).await?.is_none() {
        keep.write(None).await?;
    }
    Ok(())
}

/// Keeps a refresh token.
pub(super) async fn write(keep: &dyn Keep, owner: &str, kept: &Kept) -> Result<()> {
    let stored = Stored {
        owner: owner.to_owned(),
        token: kept.token.expose_secret().to_owned(),
        name: kept.name.clone(),
        since: kept.since,
    };
    keep.write(Some(serde_json::to_string(&stored)?.into())).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_token_of_somebody_else_is_dropped() {
        let keep = Memory::default();
        let name = Some("svc@x".to_owned());
        let kept = Kept { token: "secret".into(), name: name.clone(), since: 7 };
        assert!(!format!("{kept:?}").contains("secret"));
        write(&keep, "client tenant user", &kept).await.unwrap();
        let kept = read(&keep, "client tenant user").await.unwrap().unwrap();
        assert_eq!((kept.token.expose_secret(), kept.name, kept.since), ("secret", name, 7));
        drop_of_others(&keep, "client tenant user").await.unwrap();
        assert!(read(&keep, "client other user").await.unwrap().is_none());
        assert!(keep.read().await.unwrap().is_some(), "whoever reads with old settings takes nothing away");
        drop_of_others(&keep, "client other user").await.unwrap();
        assert!(keep.read().await.unwrap().is_none());
    }
}
