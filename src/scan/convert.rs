//! Documents of older programs, by way of an installed LibreOffice.
//!
//! It runs without a window, with a time limit, and with a profile of its own that is thrown away, so that neither the user's
//! settings nor an open LibreOffice meet it. One runs at a time.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::source::ReadError;
use crate::source::formats::Foreign;

/// How long one document may take.
pub const CONVERSION_SECONDS: u64 = 60;

const NAMES: &[&str] = &["soffice", "libreoffice", "soffice.exe", "soffice.com"];

/// Where installers put it that leave the search path alone.
const FOLDERS: &[&str] = &[
    "/usr/bin",
    "/usr/local/bin",
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/snap/bin",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:\\Program Files\\LibreOffice\\program",
    "C:\\Program Files (x86)\\LibreOffice\\program",
];

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The document as a Word document of today.
pub(super) fn to_docx(bytes: &[u8], foreign: Foreign) -> Result<Vec<u8>, ReadError> {
    let office = find().ok_or_else(|| missing(foreign))?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let folder = Folder::new().map_err(|_| failed(foreign, "临时目录无法写入"))?;
    let given = folder.0.join(format!("in.{}", foreign.ending()));
    fs::write(&given, bytes).map_err(|_| failed(foreign, "临时目录无法写入"))?;
    let child = start(&office, &folder.0, &given).map_err(|_| failed(foreign, "LibreOffice 无法启动"))?;
    if !ended(child) {
        return Err(failed(foreign, &format!("LibreOffice 用了 {CONVERSION_SECONDS} 秒还没有转换完")));
    }
    fs::read(folder.0.join("in.docx")).map_err(|_| failed(foreign, "LibreOffice 打不开它，可能已损坏或有密码"))
}

/// Where LibreOffice is installed, if it is.
pub fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(FOLDERS.iter().map(PathBuf::from));
    folders.flat_map(|folder| NAMES.iter().map(move |name| folder.join(name))).find(|program| program.is_file())
}

fn missing(foreign: Foreign) -> ReadError {
    let what = foreign.name();
    ReadError::new(format!(
        "这是{what}，读它要用 LibreOffice，而这台机器上没有找到；请安装 LibreOffice，或用 Word、WPS 另存为 .docx 后再查"
    ))
}

fn failed(foreign: Foreign, why: &str) -> ReadError {
    let what = foreign.name();
    ReadError::new(format!("这是{what}，{why}；请用 Word 或 WPS 打开，另存为 .docx 后再查"))
}

/// A new folder that is removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Folder> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("gouji-{}-{number}", std::process::id()));
        fs::create_dir(&folder)?;
        Ok(Folder(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn start(office: &Path, folder: &Path, given: &Path) -> io::Result<Child> {
    let mut command = Command::new(office);
    command.arg(format!("-env:UserInstallation={}", address(&folder.join("profile"))));
    command.args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx", "--outdir"]);
    command.arg(folder).arg(given).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// The address of a folder as LibreOffice wants it; every byte that an address may not hold is escaped.
fn address(folder: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.:~".contains(&byte);
    let path = folder.to_string_lossy().replace('\\', "/");
    let escape = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", path.bytes().map(escape).collect::<String>())
}

/// Waits for the end; a conversion that takes too long is ended, with everything that it started.
fn ended(mut child: Child) -> bool {
    let limit = Instant::now() + Duration::from_secs(CONVERSION_SECONDS);
    while Instant::now() < limit {
        if let Ok(Some(_)) | Err(_) = child.try_wait() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    #[cfg(unix)]
    let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status();
    let _ = child.kill();
    let _ = child.wait();
    false
}
