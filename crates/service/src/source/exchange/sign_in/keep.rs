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

/// A refresh token, and for what it is good.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Client, tenant, user and cloud.
    owner: String,
    token: String,
}

/// The refresh token of this owner. One of another owner is removed: nobody will ask for it again.
pub(super) async fn read(keep: &dyn Keep, owner: &str) -> Result<Option<SecretString>> {
    let Some(text) = keep.read().await? else { return Ok(None) };
    match serde_json::from_str::<Kept>(text.expose_secret()) {
        Ok(kept) if kept.owner == owner => Ok(Some(kept.token.into())),
        _ => {
            keep.write(None).await?;
            Ok(None)
        }
    }
}

/// Keeps a refresh token.
pub(super) async fn write(keep: &dyn Keep, owner: &str, token: &str) -> Result<()> {
    let kept = Kept { owner: owner.to_owned(), token: token.to_owned() };
    keep.write(Some(serde_json::to_string(&kept)?.into())).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_token_of_somebody_else_is_dropped() {
        let keep = Memory::default();
        write(&keep, "client tenant user", "secret").await.unwrap();
        let token = read(&keep, "client tenant user").await.unwrap().unwrap();
        assert_eq!(token.expose_secret(), "secret");
        assert!(read(&keep, "client other user").await.unwrap().is_none());
        assert!(keep.read().await.unwrap().is_none());
    }
}
