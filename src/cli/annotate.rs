//! `gouji annotate`: writes the findings into a copy of the report, and takes them out again.

use std::io::Write;

use anyhow::bail;

use super::args::AnnotateArgs;
use super::check::view;
use super::report::same_file;
use super::{Status, output, rules};
use crate::check::audit;
use crate::emit::{clean, remarks};
use crate::scan::{Input, read_bytes};
use crate::source::Source;
use crate::source::formats::{annotate, strip};

pub(super) fn run(args: &AnnotateArgs) -> anyhow::Result<Status> {
    if same_file(&args.file, &args.output) {
        bail!("结果文件就是要批注的报告；请换一个文件名");
    }
    let name = args.file.to_string_lossy();
    let unread = |error| anyhow::anyhow!("没能读取“{}”：{error}", clean(&name));
    let bytes = read_bytes(&Input::File(args.file.clone())).map_err(unread)?;
    if args.strip {
        output::save(&args.output, &strip(&bytes).map_err(unread)?)?;
        return Ok(Status::Clean);
    }
    let audit = audit(Source::from_bytes(name.as_ref(), &bytes).map_err(unread)?, &rules::load(&args.rules)?);
    let remarks = remarks(&view(&audit));
    let annotated = annotate(&bytes, &remarks).map_err(unread)?;
    output::save(&args.output, &annotated)?;
    let mut out = output::stdout();
    writeln!(out, "写入 {} 条批注：{}", remarks.len(), clean(&args.output.to_string_lossy()))?;
    out.flush()?;
    Ok(Status::Clean)
}
