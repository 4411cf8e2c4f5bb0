//! What a scan, or a share of one, covered: written when it is complete, so that results can be made of it, or of several.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal::{Blob, FOLDER};

/// One share of several; 1 of 1 for a whole scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// From 1 on.
    pub number: u32,
    pub of: u32,
}

impl Shard {
    pub const WHOLE: Shard = Shard { number: 1, of: 1 };

    /// 3/16
    pub fn parse(text: &str) -> Option<Shard> {
        let (number, of) = text.split_once('/')?;
        let shard = Shard { number: number.parse().ok()?, of: of.parse().ok()? };
        (1..=shard.of).contains(&shard.number).then_some(shard)
    }

    /// Whether a file belongs to this share: by its path, so that it stays where it is when others come.
    pub fn has(self, path: &str) -> bool {
        twox_hash::XxHash3_64::oneshot(path.as_bytes()) % u64::from(self.of) == u64::from(self.number - 1)
    }
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    Kept(Blob),
    /// It could not be read or audited this time.
    Failed(String),
}

/// A complete scan, or a share of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub key: u64,
    pub shard: Shard,
    /// Sorted by path.
    pub files: Vec<(String, Fate)>,
}

fn path(results: &Path) -> PathBuf {
    results.join(FOLDER).join("manifest")
}

impl Manifest {
    /// Written beside its name first, so that a half one is never found.
    pub fn write(&self, results: &Path) -> io::Result<()> {
        let part = path(results).with_extension("part");
        fs::write(&part, postcard::to_stdvec(self).map_err(io::Error::other)?)?;
        fs::rename(part, path(results))
    }

    /// `None` where no scan was completed.
    pub fn read(results: &Path) -> Option<Manifest> {
        postcard::from_bytes(&fs::read(path(results)).ok()?).ok()
    }

    /// A new scan begins: what the last one covered no longer holds.
    pub fn remove(results: &Path) -> io::Result<()> {
        match fs::remove_file(path(results)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_cover_everything_once() {
        let shards: Vec<Shard> = (1..=3).map(|number| Shard { number, of: 3 }).collect();
        for path in ["a.txt", "甲/b.txt", "丙.md"] {
            assert_eq!(shards.iter().filter(|shard| shard.has(path)).count(), 1);
        }
        assert_eq!(Shard::parse("3/16"), Some(Shard { number: 3, of: 16 }));
        assert_eq!([Shard::parse("0/2"), Shard::parse("3/2"), Shard::parse("x")], [None; 3]);
    }
}
