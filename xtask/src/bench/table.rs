//! The tables in docs/performance.md.

use crate::project::Project;
use anyhow::{Context as _, Result};
use std::fs;

/// What was measured.
pub struct Table {
    /// How its first line begins, by which it is found again.
    pub head: &'static str,
    /// All of it, in Markdown.
    pub text: String,
}

impl Table {
    /// Puts it in the place of the one that begins alike.
    pub fn write(&self, project: &Project) -> Result<()> {
        let file = project.path("docs/performance.md");
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let text = replaced(&text, self.head, &self.text)
            .with_context(|| format!("{} has no such table", file.display()))?;
        fs::write(&file, text).with_context(|| file.display().to_string())
    }
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
