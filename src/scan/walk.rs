//! Paths to reports, and reports to bytes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::convert::to_docx;
use crate::source::formats::{ENDINGS, Foreign, LIMITS, bundle, member};
use crate::source::{ReadError, Source};

/// One thing to audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    File(PathBuf),
    /// A report inside an archive: the archive, its place there, and the name of both.
    Member(PathBuf, usize, String),
    /// Standard input, under the name that findings give it.
    Stdin(String),
    /// A path at which there is nothing to audit, and why.
    Unusable(String, ReadError),
}

/// The reports at some paths.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    pub inputs: Vec<Input>,
    /// Files in directories whose names do not end like those of reports.
    pub passed_over: usize,
    seen: BTreeSet<PathBuf>,
}

impl Walk {
    /// The reports at the paths, in the order given and sorted within a directory, each once.
    pub fn of(paths: &[PathBuf], stdin_name: &str) -> Walk {
        let mut walk = Walk::default();
        for path in paths {
            walk.add(path, stdin_name);
        }
        walk
    }

    fn add(&mut self, path: &Path, stdin_name: &str) {
        if path == Path::new("-") {
            if self.seen.insert(path.to_owned()) {
                self.inputs.push(Input::Stdin(stdin_name.to_owned()));
            }
        } else if path.is_dir() {
            self.add_directory(path);
        } else {
            self.add_file(path.to_owned());
        }
    }

    fn add_file(&mut self, path: PathBuf) {
        if !self.seen.insert(path.clone()) {
            return;
        }
        if !ends_in(&path, &["zip"]) || !self.add_members(&path) {
            self.inputs.push(Input::File(path));
        }
    }

    /// The reports of an archive; false for a file that bundles none, which is read as it is.
    fn add_members(&mut self, archive: &Path) -> bool {
        let Some(Ok(bundle)) = read_file(archive).ok().and_then(|bytes| bundle(&bytes)) else { return false };
        let name = |inside: &str| format!("{}/{inside}", shown(archive));
        if bundle.reports.is_empty() && bundle.archives.is_empty() {
            self.inputs.push(Input::Unusable(shown(archive), ReadError::new(no_reports("压缩包"))));
        }
        let members = bundle.reports.iter();
        self.inputs.extend(members.map(|(index, inside)| Input::Member(archive.to_owned(), *index, name(inside))));
        let closed = || ReadError::new("压缩包里的压缩包没有打开；请解压后再查");
        self.inputs.extend(bundle.archives.iter().map(|inside| Input::Unusable(name(inside), closed())));
        self.passed_over += bundle.passed_over;
        true
    }

    fn add_directory(&mut self, directory: &Path) {
        let before = (self.inputs.len(), self.seen.len());
        let entries = WalkDir::new(directory).follow_links(true).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                // A pipe would be waited for without end.
                Ok(entry) if is_report(entry.path()) && !entry.file_type().is_file() => {
                    let reason = ReadError::new("不是普通文件（管道或设备），没有读取");
                    self.inputs.push(Input::Unusable(shown(entry.path()), reason));
                }
                Ok(entry) if is_report(entry.path()) => self.add_file(entry.into_path()),
                Ok(_) => self.passed_over += 1,
                Err(error) => self.inputs.extend(unusable(&error)),
            }
        }
        if (self.inputs.len(), self.seen.len()) == before && !self.covers(directory) {
            self.inputs.push(Input::Unusable(shown(directory), ReadError(no_reports("目录"))));
        }
    }

    /// Whether an earlier path already led to reports of this directory.
    fn covers(&self, directory: &Path) -> bool {
        self.seen.iter().any(|seen| seen.starts_with(directory))
    }
}

fn no_reports(place: &str) -> String {
    let endings: Vec<String> = ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
    format!("{place}里没有可查的报告（只查 {} 文件）", endings.join("、"))
}

/// Hidden files, and the marks that Word leaves beside a file that is open.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

fn is_report(path: &Path) -> bool {
    ends_in(path, ENDINGS) || ends_in(path, &["zip"])
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|extension| endings.iter().any(|ending| extension.eq_ignore_ascii_case(ending)))
}

/// A part of a directory that could not be read. Links that lead back to a directory above are passed over.
fn unusable(error: &walkdir::Error) -> Option<Input> {
    if error.loop_ancestor().is_some() {
        return None;
    }
    let reason = error.io_error().map_or_else(|| "目录无法读取".into(), explain);
    Some(Input::Unusable(error.path().map(shown).unwrap_or_default(), ReadError(reason)))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Input {
    /// What findings call it: the path as it was given.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => shown(path),
            Input::Member(_, _, name) | Input::Stdin(name) | Input::Unusable(name, _) => name.clone(),
        }
    }

    /// How many bytes it has, where that can be told without reading.
    pub(super) fn bytes(&self) -> Option<u64> {
        match self {
            Input::File(path) => Some(fs::metadata(path).map_or(0, |known| known.len())),
            Input::Member(..) | Input::Stdin(_) | Input::Unusable(..) => None,
        }
    }
}

/// The bytes of an input.
pub fn read_bytes(input: &Input) -> Result<Vec<u8>, ReadError> {
    let bytes = match input {
        Input::File(path) => read_file(path),
        Input::Member(archive, index, _) => {
            let file = File::open(archive).map_err(|error| ReadError(explain(&error)))?;
            return member(BufReader::new(file), *index);
        }
        Input::Stdin(_) => read_limited(io::stdin().lock(), 0),
        Input::Unusable(_, error) => return Err(error.clone()),
    };
    bytes.map_err(|error| ReadError(explain(&error)))
}

/// Reads and decodes an input.
pub fn read(input: &Input) -> Result<Source, ReadError> {
    open(input.name(), &read_bytes(input)?)
}

/// Decodes the bytes of a file, converted first where need be.
pub fn open(name: String, bytes: &[u8]) -> Result<Source, ReadError> {
    let refused = match Source::from_bytes(name.clone(), bytes) {
        Err(refused) => refused,
        read => return read,
    };
    let Some(foreign) = Foreign::of(bytes) else { return Err(refused) };
    let source = Source::from_bytes(name, &to_docx(bytes, foreign)?)?;
    Ok(source.with_note("由 LibreOffice 转换后读取"))
}

/// The rule pages of a directory, sorted by name; a page's name is its path. A README is no page.
pub fn read_pages(directory: &Path) -> Result<Vec<Source>, ReadError> {
    let entries = fs::read_dir(directory).map_err(|error| ReadError(explain(&error)))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let is_page = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    paths.retain(|path| is_page(path) && path.file_name().is_some_and(|name| name != "README.md"));
    paths.sort();
    paths.into_iter().map(|path| read(&Input::File(path))).collect()
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let known = fs::metadata(path)?;
    if known.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    read_limited(File::open(path)?, known.len())
}

/// Reads one byte more than the limit at most, so that the refusal still sees that there is too much.
fn read_limited(from: impl Read, expected: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected.min(LIMITS.bytes) as usize);
    from.take(LIMITS.bytes + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// When a file was changed last, in nanoseconds since 1970.
pub fn modified(known: &fs::Metadata) -> Option<u64> {
    let since = known.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}

/// An error of the system, in Chinese.
fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "找不到这个文件或目录；请核对路径".into(),
        io::ErrorKind::PermissionDenied => "没有读取权限；请检查文件的权限".into(),
        io::ErrorKind::IsADirectory => "这是目录，不是文件".into(),
        _ => match error.raw_os_error() {
            Some(code) => format!("读取失败（系统错误 {code}）"),
            None => "读取失败".into(),
        },
    }
}
