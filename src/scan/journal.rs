//! What a scan has finished, on disk: killed at any moment, it goes on where it was, and the next scan reads changed
//! files only.
//!
//! Three files are only ever appended to: `texts` (passages, equal ones once), `blobs` (one for each content) and
//! `index` (which file had which content). An index entry is written after what it points to, carries checksums and says
//! how far the other files reached, so an entry that is whole points to a blob and to texts that are.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
#[cfg(not(unix))]
use std::io::Read;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use twox_hash::{XxHash3_64, XxHash3_128};

/// The folder of a journal within the results.
pub const FOLDER: &str = ".gouji";

/// A file as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// From the scanned directory on, with `/` between its parts.
    pub path: String,
    pub bytes: u64,
    /// Nanoseconds since 1970.
    pub modified: u64,
}

/// A fingerprint of a file's bytes.
pub type Content = u128;

pub fn content(bytes: &[u8]) -> Content {
    XxHash3_128::oneshot(bytes)
}

/// Where a blob lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    at: u64,
    bytes: u32,
    check: u64,
}

/// Where a text lies: its place times 2^20, plus its length.
pub type TextAt = u64;
const LENGTH_BITS: u32 = 20;

#[derive(Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    content: Content,
    blob: Blob,
    /// Where the texts ended as it was noted: its own lie before.
    texts: u64,
}

/// The finished part of a scan.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    by_path: BTreeMap<String, (Stamp, Blob)>,
    by_content: BTreeMap<Content, Blob>,
    texts: BTreeMap<u64, TextAt>,
    index: Log,
    blobs: Log,
    words: Log,
    /// Entries that were noted and not handed to the system yet.
    waiting: usize,
}

/// A file that grows.
#[derive(Debug)]
struct Log {
    out: BufWriter<File>,
    end: u64,
}

impl Log {
    fn open(path: &Path, end: u64) -> io::Result<Log> {
        let mut file = OpenOptions::new().create(true).read(true).write(true).truncate(false).open(path)?;
        file.set_len(end)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Log { out: BufWriter::with_capacity(1 << 20, file), end })
    }

    fn push(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let at = self.end;
        self.out.write_all(bytes)?;
        self.end += bytes.len() as u64;
        Ok(at)
    }
}

/// Entries are handed to the system when this many wait.
const FLUSH: usize = 64;

impl Journal {
    /// The journal of a folder of results under these rules; an empty one where there is none, or one of other rules.
    pub fn open(results: &Path, key: u64) -> io::Result<Journal> {
        let folder = results.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let length = |name: &str| fs::metadata(folder.join(name)).map_or(0, |known| known.len());
        let stored = fs::read(folder.join("index")).unwrap_or_default();
        let (entries, whole) = read_index(&stored, key, ["blobs", "texts"].map(length));
        let fresh = entries.is_empty();
        let end = |name: &str| if fresh { 0 } else { length(name) };
        let mut journal = Journal {
            index: Log::open(&folder.join("index"), if fresh { 0 } else { whole })?,
            blobs: Log::open(&folder.join("blobs"), end("blobs"))?,
            words: Log::open(&folder.join("texts"), end("texts"))?,
            folder,
            by_path: BTreeMap::new(),
            by_content: BTreeMap::new(),
            texts: BTreeMap::new(),
            waiting: 0,
        };
        if fresh {
            journal.index.push(&key.to_le_bytes())?;
        }
        for entry in entries {
            journal.by_content.insert(entry.content, entry.blob);
            journal.by_path.insert(entry.stamp.path.clone(), (entry.stamp, entry.blob));
        }
        Ok(journal)
    }

    /// The blob of a file that has not changed since.
    pub fn unchanged(&self, stamp: &Stamp) -> Option<Blob> {
        self.by_path.get(&stamp.path).filter(|(known, _)| known == stamp).map(|(_, blob)| *blob)
    }

    pub fn of_content(&self, content: Content) -> Option<Blob> {
        self.by_content.get(&content).copied()
    }

    /// Every content that is known.
    pub fn contents(&self) -> impl Iterator<Item = Content> {
        self.by_content.keys().copied()
    }

    /// How many contents are known.
    pub fn len(&self) -> usize {
        self.by_content.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_content.is_empty()
    }

    /// Notes that a file has this content.
    pub fn note(&mut self, stamp: Stamp, content: Content, blob: Blob) -> io::Result<()> {
        let entry = Entry { stamp: stamp.clone(), content, blob, texts: self.words.end };
        let entry = postcard::to_stdvec(&entry).map_err(io::Error::other)?;
        let mut framed = Vec::with_capacity(entry.len() + 12);
        framed.extend((entry.len() as u32).to_le_bytes());
        framed.extend(&entry);
        framed.extend(XxHash3_64::oneshot(&entry).to_le_bytes());
        self.index.push(&framed)?;
        self.by_content.insert(content, blob);
        self.by_path.insert(stamp.path.clone(), (stamp, blob));
        self.waiting += 1;
        if self.waiting == FLUSH {
            self.flush()?;
        }
        Ok(())
    }

    /// Keeps what was made of a content: its bytes, and the texts that belong to it, each with its fingerprint.
    pub fn keep(&mut self, bytes: &[u8], texts: &[(u64, String)]) -> io::Result<Blob> {
        let mut whole = Vec::with_capacity(bytes.len() + 8 * texts.len() + 4);
        whole.extend((bytes.len() as u32).to_le_bytes());
        whole.extend(bytes);
        for (fingerprint, text) in texts {
            let at = match self.texts.get(fingerprint) {
                Some(at) => *at,
                None => self.keep_text(*fingerprint, text)?,
            };
            whole.extend(at.to_le_bytes());
        }
        let at = self.blobs.push(&whole)?;
        Ok(Blob { at, bytes: whole.len() as u32, check: XxHash3_64::oneshot(&whole) })
    }

    fn keep_text(&mut self, fingerprint: u64, text: &str) -> io::Result<TextAt> {
        let most = (1 << LENGTH_BITS) - 1;
        let cut = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= most).last();
        let text = &text[..cut.unwrap_or(0)];
        let at = self.words.push(text.as_bytes())? << LENGTH_BITS | text.len() as u64;
        self.texts.insert(fingerprint, at);
        Ok(at)
    }

    /// Hands everything to the system, what is pointed to before what points.
    pub fn flush(&mut self) -> io::Result<()> {
        self.waiting = 0;
        self.words.out.flush()?;
        self.blobs.out.flush()?;
        self.index.out.flush()
    }

    /// The journal for reading.
    pub fn finish(mut self) -> io::Result<Archive> {
        self.flush()?;
        Archive::open(&self.folder)
    }
}

/// The entries that are whole, with what they point to, and where they end. None where the rules are others.
fn read_index(stored: &[u8], key: u64, [blobs, texts]: [u64; 2]) -> (Vec<Entry>, u64) {
    let mut entries = Vec::new();
    let points = |entry: &Entry| entry.blob.at + u64::from(entry.blob.bytes) <= blobs && entry.texts <= texts;
    let Some(mut rest) = stored.strip_prefix(&key.to_le_bytes()) else { return (entries, 0) };
    while let Some((entry, after)) = next_entry(rest).filter(|(entry, _)| points(entry)) {
        entries.push(entry);
        rest = after;
    }
    (entries, (stored.len() - rest.len()) as u64)
}

fn next_entry(stored: &[u8]) -> Option<(Entry, &[u8])> {
    let (length, rest) = stored.split_first_chunk::<4>()?;
    let (entry, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (check, rest) = rest.split_first_chunk::<8>()?;
    if XxHash3_64::oneshot(entry) != u64::from_le_bytes(*check) {
        return None;
    }
    Some((postcard::from_bytes(entry).ok()?, rest))
}

/// A journal that is read.
#[derive(Debug)]
pub struct Archive {
    blobs: Stored,
    texts: Stored,
}

impl Archive {
    /// The archive in a journal's folder.
    pub fn open(folder: &Path) -> io::Result<Archive> {
        let open = |name: &str| File::open(folder.join(name)).map(Stored::new);
        Ok(Archive { blobs: open("blobs")?, texts: open("texts")? })
    }

    /// A blob as it was kept, and where its texts lie.
    pub fn blob(&self, blob: Blob) -> io::Result<(Vec<u8>, Vec<TextAt>)> {
        let mut bytes = self.blobs.read_at(blob.at, blob.bytes as usize)?;
        if XxHash3_64::oneshot(&bytes) != blob.check || bytes.len() < 4 {
            return Err(io::Error::other("结果目录中的记录已损坏；请删去其中的 .gouji 目录后重新扫描"));
        }
        let length = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
        let (places, _) = bytes[4 + length..].as_chunks::<8>();
        let places = places.iter().map(|place| u64::from_le_bytes(*place)).collect();
        bytes.truncate(4 + length);
        bytes.drain(..4);
        Ok((bytes, places))
    }

    pub fn text(&self, at: TextAt) -> io::Result<String> {
        let bytes = self.texts.read_at(at >> LENGTH_BITS, (at & ((1 << LENGTH_BITS) - 1)) as usize)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }
}

/// A file that several threads read.
#[derive(Debug)]
struct Stored {
    #[cfg(unix)]
    file: File,
    #[cfg(not(unix))]
    file: std::sync::Mutex<File>,
}

#[cfg(unix)]
impl Stored {
    fn new(file: File) -> Stored {
        Stored { file }
    }

    fn read_at(&self, at: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let mut out = vec![0; bytes];
        std::os::unix::fs::FileExt::read_exact_at(&self.file, &mut out, at)?;
        Ok(out)
    }
}

/// Other systems move one place for all threads.
#[cfg(not(unix))]
impl Stored {
    fn new(file: File) -> Stored {
        Stored { file: std::sync::Mutex::new(file) }
    }

    fn read_at(&self, at: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let mut out = vec![0; bytes];
        let mut file = self.file.lock().map_err(|_| io::Error::other("poisoned"))?;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut out)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(path: &str) -> Stamp {
        Stamp { path: path.into(), bytes: 3, modified: 9 }
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("gouji-journal-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn what_was_noted_is_known_again() {
        let results = folder("again");
        let mut journal = Journal::open(&results, 7).expect("a journal opens");
        let texts = [(1, "甲".to_owned()), (1, "甲".to_owned()), (2, "乙".to_owned())];
        let blob = journal.keep(b"abc", &texts).expect("a blob is kept");
        journal.note(stamp("a"), 5, blob).expect("an entry is noted");
        journal.flush().expect("it is written");
        let journal = Journal::open(&results, 7).expect("it opens again");
        assert_eq!(journal.unchanged(&stamp("a")), Some(blob));
        assert_eq!(journal.unchanged(&Stamp { modified: 10, ..stamp("a") }), None);
        let archive = journal.finish().expect("it can be read");
        let (bytes, places) = archive.blob(blob).expect("the blob is whole");
        assert_eq!((bytes.as_slice(), places.len(), places[0] == places[1]), (&b"abc"[..], 3, true));
        assert_eq!(archive.text(places[2]).ok().as_deref(), Some("乙"));
        assert!(Journal::open(&results, 8).expect("it opens for other rules").is_empty());
        fs::remove_dir_all(results).expect("the folder goes");
    }

    #[test]
    fn files_that_are_known_are_written_in_time_too() {
        let results = folder("known");
        let mut journal = Journal::open(&results, 7).expect("a journal opens");
        for round in 0..FLUSH {
            let blob = journal.keep(&round.to_le_bytes(), &[]).expect("a blob is kept");
            journal.note(stamp("a"), round as u128, blob).expect("an entry is noted");
        }
        let index = fs::read(results.join(FOLDER).join("index")).expect("there is an index");
        let blobs = fs::metadata(results.join(FOLDER).join("blobs")).expect("there are blobs");
        assert_eq!(read_index(&index, 7, [blobs.len(), 0]).0.len(), FLUSH);
        fs::remove_dir_all(results).expect("the folder goes");
    }

    #[test]
    fn an_entry_is_forgotten_that_points_to_what_was_lost() {
        let results = folder("lost");
        for name in ["blobs", "texts"] {
            let mut journal = Journal::open(&results, 7).expect("a journal opens");
            let blob = journal.keep(b"abc", &[(1, "甲".to_owned())]).expect("a blob is kept");
            journal.note(stamp("a"), 5, blob).expect("an entry is noted");
            journal.flush().expect("it is written");
            drop(journal);
            assert_eq!(Journal::open(&results, 7).expect("it opens again").len(), 1);
            let file = OpenOptions::new().write(true).open(results.join(FOLDER).join(name)).expect("it is there");
            let length = file.metadata().expect("it has a length").len();
            file.set_len(length - 1).expect("it can be cut");
            assert!(Journal::open(&results, 7).expect("it opens").is_empty(), "{name}");
        }
        fs::remove_dir_all(results).expect("the folder goes");
    }

    #[test]
    fn a_torn_entry_is_forgotten() {
        let results = folder("torn");
        let mut journal = Journal::open(&results, 7).expect("a journal opens");
        for (content, path) in [(1, "a"), (2, "b")] {
            let blob = journal.keep(path.as_bytes(), &[]).expect("a blob is kept");
            journal.note(stamp(path), content, blob).expect("an entry is noted");
        }
        journal.flush().expect("it is written");
        drop(journal);
        let index = results.join(FOLDER).join("index");
        let stored = fs::read(&index).expect("there is an index");
        for cut in 9..stored.len() {
            fs::write(&index, &stored[..cut]).expect("it can be cut");
            let journal = Journal::open(&results, 7).expect("it opens");
            assert!(journal.len() < 2, "cut at {cut}");
        }
        fs::remove_dir_all(results).expect("the folder goes");
    }
}
