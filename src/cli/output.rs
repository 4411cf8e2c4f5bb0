//! Where output goes, and what happens when it cannot go there.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{ColorChoice, Look};
use crate::emit::clean;
use crate::emit::terminal::Style;

/// Columns where the output is no terminal.
const WIDTH: usize = 100;
/// Narrower than this, nothing could be drawn.
const LEAST_WIDTH: usize = 40;

/// How standard output wants to be drawn on.
pub(super) fn style(look: Look) -> Style {
    let color = match look.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => io::stdout().is_terminal() && !set("NO_COLOR") && !dumb(),
    };
    let width = look.width.map(usize::from).or_else(terminal_width).unwrap_or(WIDTH);
    Style { width: width.max(LEAST_WIDTH), color }
}

fn set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

fn dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0))
}

/// Standard output, buffered.
pub(super) fn stdout() -> BufWriter<io::Stdout> {
    BufWriter::new(io::stdout())
}

/// One line on standard error. Nothing can be done where even that fails.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "gouji：{message}");
}

/// A bar that counts so many reports; hidden where no one would see it.
pub(super) fn bar(template: &str, reports: usize, quiet: bool) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::with_draw_target(Some(reports as u64), ProgressDrawTarget::stderr());
    bar.with_style(style.expect("the template is well formed"))
}

/// Writes the whole file or none of it. What is no file, such as a pipe, takes the bytes as they come.
pub(super) fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
        return fs::write(path, bytes).map_err(|error| unwritten(path, &error));
    }
    let beside = path.with_extension("gouji-tmp");
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        let _ = fs::remove_file(&beside);
        unwritten(path, &error)
    })
}

/// That something could not be written.
pub(super) fn unwritten(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("写不出“{}”：{}", clean(&path.to_string_lossy()), explain(error))
}

/// An error of writing, in Chinese.
pub(super) fn explain(error: &io::Error) -> String {
    match (error.kind(), error.raw_os_error()) {
        (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, _) => "磁盘已满；请腾出空间后重试".into(),
        (io::ErrorKind::PermissionDenied, _) => "没有写入权限；请换一个目录".into(),
        (io::ErrorKind::ReadOnlyFilesystem, _) => "磁盘是只读的；请换一个目录".into(),
        (io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists, _) => "路径中有一段是文件，不是目录".into(),
        (_, Some(code)) => format!("系统错误 {code}"),
        // Said by gouji itself.
        (io::ErrorKind::Other, None) => error.to_string(),
        (kind, None) => kind.to_string(),
    }
}
