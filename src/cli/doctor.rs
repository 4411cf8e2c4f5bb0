//! `gouji doctor`: what this program can read, and within which limits.

use std::io::Write;

use super::{Status, output};
use crate::scan::{CONVERSION_SECONDS, find_office};
use crate::source::formats::{ENDINGS, LIMITS, Limits};

pub(super) fn run() -> anyhow::Result<Status> {
    let mut out = output::stdout();
    writeln!(out, "gouji {}", env!("CARGO_PKG_VERSION"))?;
    let endings: Vec<String> = ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
    writeln!(out, "\n能读的文件（按内容识别，不看文件名）：{}", endings.join("、"))?;
    writeln!(out, "\n限度（超过的文件不读，说明原因，不影响其他文件）：")?;
    for (what, limit) in limits(&LIMITS) {
        writeln!(out, "  {what}：{limit}")?;
    }
    writeln!(out, "  LibreOffice 转换一个文件：{CONVERSION_SECONDS} 秒")?;
    let office = find_office()
        .map_or("没有找到；读 .rtf 和 Word 95 的文档要安装它".into(), |path| path.display().to_string());
    writeln!(out, "\nLibreOffice：{office}")?;
    writeln!(out, "\n除 LibreOffice 外，限度按工作量计，不按时间计，所以同一个文件在任何机器上结果相同。")?;
    out.flush()?;
    Ok(Status::Clean)
}

fn limits(limits: &Limits) -> Vec<(&'static str, String)> {
    let megabytes = |bytes: u64| format!("{} MB", bytes >> 20);
    vec![
        ("一个文件", megabytes(limits.bytes)),
        ("压缩包（.docx 等也是）的成员", format!("{} 个", limits.entries)),
        ("压缩包的一个成员展开后", megabytes(limits.member)),
        ("一个压缩包读到的成员展开后共计", megabytes(limits.expanded)),
        ("展开后与压缩时的大小之比（1 MB 以上）", format!("{} 倍", limits.ratio)),
        ("一个 XML 部件或网页的元素", format!("{} 万个", limits.elements / 10_000)),
        ("XML 嵌套", format!("{} 层", limits.depth)),
        ("表格嵌套", format!("{} 层", limits.tables)),
        ("全部表格的单元格", format!("{} 个", limits.cells)),
        ("PDF 的页数", format!("{} 页", limits.pages)),
        ("PDF 全部页面画出的文字和线条", format!("{} 万个", limits.drawn / 10_000)),
        ("一段文字", format!("{} KB", limits.line >> 10)),
    ]
}
