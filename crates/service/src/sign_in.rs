//! What is kept of a sign-in lies in the database, among the passwords.

use std::sync::{Arc, Weak};

use anyhow::{Context, Result};
use async_trait::async_trait;
use secrecy::SecretString;

use crate::service::Service;
use crate::source::exchange::sign_in::Keep;

/// Keeps it there.
pub(crate) struct KeepInStore(Weak<Service>);

impl KeepInStore {
    pub fn new(service: &Arc<Service>) -> Self {
        Self(Arc::downgrade(service))
    }

    fn service(&self) -> Result<Arc<Service>> {
        self.0.upgrade().context("the service has ended")
    }
}

#[async_trait]
impl Keep for KeepInStore {
    async fn read(&self) -> Result<Option<SecretString>> {
        self.service()?.configuration.store().sign_in().await
    }

    async fn write(&self, kept: Option<SecretString>) -> Result<()> {
        self.service()?.configuration.store().set_sign_in(kept.as_ref()).await
    }
}
