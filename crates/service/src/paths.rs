//! Where things are, unless the command line says otherwise.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use etcetera::BaseStrategy;

/// `$XDG_DATA_HOME/pbx-calendar`.
pub(crate) fn data() -> Result<PathBuf> {
    let base =
        etcetera::choose_base_strategy().context("there is no home directory; name a folder with --data")?;
    Ok(base.data_dir().join("pbx-calendar"))
}

/// `pkg` beside the executable, as it is installed, or that of the checkout where it was built.
pub(crate) fn files() -> PathBuf {
    let executable = std::env::current_exe().ok();
    let beside = executable.as_deref().and_then(Path::parent).map(|folder| folder.join("pkg"));
    // A release names no folder of the machine that built it.
    if option_env!("PBX_CALENDAR_RELEASE").is_some() {
        return beside.unwrap_or_else(|| PathBuf::from("pkg"));
    }
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pkg");
    beside.filter(|pkg| pkg.is_dir()).or_else(|| checkout.canonicalize().ok()).unwrap_or(checkout)
}
