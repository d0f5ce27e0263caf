//! The tables in docs/performance.md.

use crate::project::Project;
use anyhow::{Context as _, Result};
use std::fs;

/// Puts a table in the place of the one that begins with the line `head`.
pub fn replace(project: &Project, head: &str, table: &str) -> Result<()> {
    let file = project.path("docs/performance.md");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let text =
        replaced(&text, head, table).with_context(|| format!("{} has no such table", file.display()))?;
    fs::write(&file, text).with_context(|| file.display().to_string())
}

fn replaced(text: &str, head: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_at_checked(text.find(head)?)?;
    let old: usize = rest.split_inclusive('\n').take_while(|line| line.starts_with('|')).map(str::len).sum();
    Some(format!("{before}{table}\n{}", rest.get(old..)?))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn puts_a_table_where_one_was() {
        let text = "| a |\n| 1 |\n\n| b |\n| 2 |\nafter\n";
        assert_eq!(replaced(text, "| b |", "| b |\n| 3 |").unwrap(), "| a |\n| 1 |\n\n| b |\n| 3 |\nafter\n");
        assert_eq!(replaced(text, "| c |", ""), None);
    }
}
