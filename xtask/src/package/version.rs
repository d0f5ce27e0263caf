//! The version in the forms that the packages want it in.

use anyhow::{Context as _, Result, ensure};

/// Of every package of the workspace.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `1000000 + 10000·major + 100·minor + patch`: what an App Platform compares.
pub fn build(version: &str) -> Result<u32> {
    let (numbers, _) = parts(version);
    let numbers: Vec<u32> = numbers.split('.').map_while(|number| number.parse().ok()).collect();
    let [major, minor, patch] = numbers[..] else {
        return Err(anyhow::anyhow!("{version} is not major.minor.patch"));
    };
    ensure!(minor < 100 && patch < 100, "{version}: build numbers have two digits for each part");
    let build =
        major.checked_mul(10_000).and_then(|build| build.checked_add(1_000_000 + 100 * minor + patch));
    build.with_context(|| format!("{version} is too large for a build number"))
}

/// `final`, or what stands behind the numbers: `beta1`.
pub fn label(version: &str) -> String {
    match parts(version).1 {
        Some(label) => label.replace(['.', '-'], ""),
        None => "final".to_owned(),
    }
}

/// As Debian sorts it: `0.2.0~beta.1` comes before `0.2.0`.
pub fn debian(version: &str) -> String {
    version.replacen('-', "~", 1)
}

fn parts(version: &str) -> (&str, Option<&str>) {
    version.split_once('-').map_or((version, None), |(numbers, label)| (numbers, Some(label)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_gets_the_version_in_its_own_form() {
        assert_eq!(build("0.1.0").unwrap(), 1_000_100);
        assert_eq!(build("12.3.45-beta.1").unwrap(), 1_120_345);
        assert!(build("1.100.0").is_err() && build("1.2").is_err() && build("999999.0.0").is_err());
        assert_eq!((label("0.1.0"), label("0.2.0-beta.1")), ("final".to_owned(), "beta1".to_owned()));
        assert_eq!(
            (debian("0.1.0"), debian("0.2.0-beta.1")),
            ("0.1.0".to_owned(), "0.2.0~beta.1".to_owned())
        );
    }
}
