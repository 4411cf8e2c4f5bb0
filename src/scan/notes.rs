//! What a scan notes for the next one to save time. Without it results are the same, and later.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use twox_hash::XxHash3_64;

use super::journal::FOLDER;

fn path(results: &Path) -> PathBuf {
    results.join(FOLDER).join("notes")
}

/// What the last scan noted; nothing where it is damaged.
pub fn read(results: &Path) -> Vec<u8> {
    let mut stored = fs::read(path(results)).unwrap_or_default();
    let whole = stored.split_last_chunk::<8>();
    match whole.filter(|(bytes, check)| XxHash3_64::oneshot(bytes) == u64::from_le_bytes(**check)) {
        Some((bytes, _)) => {
            let length = bytes.len();
            stored.truncate(length);
            stored
        }
        None => Vec::new(),
    }
}

/// Only where there is a journal: several shares that are merged leave none.
pub fn write(results: &Path, bytes: &[u8]) -> io::Result<()> {
    if !results.join(FOLDER).is_dir() {
        return Ok(());
    }
    let part = path(results).with_extension("part");
    fs::write(&part, [bytes, &XxHash3_64::oneshot(bytes).to_le_bytes()].concat())?;
    fs::rename(part, path(results))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_notes_are_none() {
        let results = std::env::temp_dir().join(format!("gouji-notes-{}", std::process::id()));
        assert!(write(&results, b"abc").is_ok() && read(&results).is_empty());
        fs::create_dir_all(results.join(FOLDER)).expect("a folder");
        write(&results, b"abc").expect("notes are written");
        assert_eq!(read(&results), b"abc");
        fs::write(path(&results), b"abd01234567").expect("they can be damaged");
        assert!(read(&results).is_empty());
        fs::remove_dir_all(results).expect("the folder goes");
    }
}
