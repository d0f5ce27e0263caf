//! The sizes of what a browser loads, against the budgets of the design.

use crate::build::Package;
use crate::compress::with_suffix;
use crate::plugin::Plugin;
use crate::presence::Presence;
use crate::project::Project;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::Path;

/// What the files that a browser loads may weigh together, each brotli 11.
pub struct Budget {
    /// Says what the files are.
    pub name: &'static str,
    /// Bytes at most.
    pub bytes: u64,
    /// By how many bytes that is exceeded until what is too much has been taken out again. Never to grow.
    pub owed: u64,
    /// The files.
    pub files: &'static [&'static str],
    /// Files of which it loads one: the largest counts.
    pub one_of: &'static [&'static str],
}

/// Prints the sizes; says whether all are within their budgets.
pub fn print(project: &Project) -> Result<bool> {
    println!("\n{:<44} {:>9} {:>9} {:>9}", "bytes a browser loads", "raw", "gzip", "brotli");
    let presence = print_package::<Presence>(project)?;
    let plugin = print_package::<Plugin>(project)?;
    Ok(presence && plugin)
}

fn print_package<P: Package>(project: &Project) -> Result<bool> {
    let mut fits = true;
    for budget in P::BUDGETS {
        fits &= print_budget(project, P::NAME, budget)?;
    }
    Ok(fits)
}

fn print_budget(project: &Project, package: &str, budget: &Budget) -> Result<bool> {
    let folder = project.path("pkg").join(package);
    let mut sums = [0; 3];
    for file in budget.files {
        // A file that is not there yet weighs nothing; that it is missed is for the browser tests to say.
        if !folder.join(file).is_file() {
            println!("  {:<42} missing", format!("{package}/{file}"));
            continue;
        }
        let sizes = sizes(&folder.join(file))?;
        row(&format!("  {package}/{file}"), sizes, "");
        for (sum, size) in sums.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    let mut largest = [0; 3];
    for file in budget.one_of {
        let sizes = sizes(&folder.join(file))?;
        row(&format!("  {package}/{file}"), sizes, "(one language)");
        if sizes > largest {
            largest = sizes;
        }
    }
    for (sum, size) in sums.iter_mut().zip(largest) {
        *sum += size;
    }
    let [_, _, brotli] = sums;
    let fits = brotli <= budget.bytes + budget.owed;
    let verdict = match brotli <= budget.bytes {
        true => "of",
        false if fits => "over, as is known, the budget of",
        false => "OVER the budget of",
    };
    row(&format!("{}, all", budget.name), sums, &format!("{verdict} {}", grouped(budget.bytes)));
    Ok(fits)
}

/// Raw, gzip and brotli; a compressed file that came out larger than the raw one would not be sent.
fn sizes(file: &Path) -> Result<[u64; 3]> {
    let size = |file: &Path| Ok(fs::metadata(file).with_context(|| file.display().to_string())?.len());
    let raw: Result<u64> = size(file);
    let raw = raw?;
    Ok([raw, size(&with_suffix(file, "gz"))?.min(raw), size(&with_suffix(file, "br"))?.min(raw)])
}

fn row(name: &str, [raw, gzip, brotli]: [u64; 3], note: &str) {
    let line = format!("{name:<44} {:>9} {:>9} {:>9} {note}", grouped(raw), grouped(gzip), grouped(brotli));
    println!("{}", line.trim_end());
}

/// 120000 → `120 000`
pub fn grouped(bytes: u64) -> String {
    let digits = bytes.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn groups_by_thousands() {
        assert_eq!(
            [0, 999, 1000, 120_000, 1_234_567].map(grouped),
            ["0", "999", "1 000", "120 000", "1 234 567"]
        );
    }
}
