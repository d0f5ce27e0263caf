//! Brotli and gzip beside each file, so that the service never compresses while it serves.

use crate::project::files_below;
use anyhow::{Context as _, Result};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Writes `x.br` and `x.gz` beside each file `x` below `folder`. Not beside a README: npm would pack all of them.
pub fn folder(folder: &Path) -> Result<()> {
    let mut files = files_below(folder)?;
    files.retain(|file| file.extension().is_none_or(|extension| extension != "md"));
    std::thread::scope(|scope| {
        let work: Vec<_> = files.iter().map(|file| scope.spawn(|| beside(file))).collect();
        work.into_iter()
            .try_for_each(|one| one.join().unwrap_or_else(|_| anyhow::bail!("the compressor failed")))
    })
}

fn beside(file: &Path) -> Result<()> {
    let content = fs::read(file).with_context(|| file.display().to_string())?;
    fs::write(with_suffix(file, "br"), brotli(&content)?)?;
    fs::write(with_suffix(file, "gz"), gzip(&content)?)?;
    Ok(())
}

/// `x.js` → `x.js.br`
pub fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// Quality 11, as in the budgets. In parts as the encoder cuts them or in a single one: which of both is smaller, by up to
/// half a percent, differs from file to file.
fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let (parts, single) = (brotli_in(0, content)?, brotli_in(24, content)?);
    Ok(if single.len() < parts.len() { single } else { parts })
}

fn brotli_in(lgblock: i32, content: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        lgblock,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut packed, &params)?;
    Ok(packed)
}

/// Level 9. No name and no time in it, so that equal contents give equal files.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content)?;
    Ok(packer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn unpacks_to_what_was_packed() {
        let content = b"presence ".repeat(1000);
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&*gzip(&content).unwrap()).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, content);
        unpacked.clear();
        brotli::BrotliDecompress(&mut &*brotli(&content).unwrap(), &mut unpacked).unwrap();
        assert_eq!(unpacked, content);
    }

    #[test]
    fn appends_the_suffix_to_the_whole_name() {
        assert_eq!(with_suffix(Path::new("a/b.js"), "br"), Path::new("a/b.js.br"));
    }
}
