//! Arguments, with all help in Chinese.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::finding::Severity;
use crate::scan::Pool;
use crate::scan::manifest::Shard;

/// clap's own words are English; this form has none of them.
const FORM: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

#[derive(Debug, Parser)]
#[command(
    name = "gouji",
    version,
    about = "勾稽：核查预算绩效报告的数字是否自相一致",
    help_template = FORM,
    override_usage = "gouji <命令> [选项]",
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    next_help_heading = "选项",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "例：\n  gouji check 自评报告.txt\n  gouji check --format json 报告目录/ > 结果.json\n  gouji help check"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// 显示帮助
    #[arg(short = 'h', long = "help", global = true, display_order = 900, action = clap::ArgAction::Help)]
    help: (),
    /// 显示版本
    #[arg(short = 'V', long = "version", display_order = 901, action = clap::ArgAction::Version)]
    version: (),
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 核查报告
    #[command(help_template = FORM, override_usage = "gouji check [选项] <路径>...", after_help = STATUS)]
    Check(CheckArgs),
    /// 核查报告，出具可以点看、打印的网页、Excel 底稿或整改通知
    #[command(help_template = FORM, override_usage = "gouji report [选项] <路径>... -o <文件>", after_help = PAPERS)]
    Report(ReportArgs),
    /// 扫描一个目录的全部报告，互相比较，留下可查询的结果
    #[command(help_template = FORM, override_usage = "gouji scan [选项] --out <目录> <目录>", after_help = RESULTS)]
    Scan(ScanArgs),
    /// 把分份扫描的结果合成一份
    #[command(help_template = FORM, override_usage = "gouji merge [选项] --out <目录> <各份的结果目录>...")]
    Merge(MergeArgs),
    /// 把问题作为批注写进 Word 文档、工作簿或 PDF 的副本
    #[command(help_template = FORM, override_usage = "gouji annotate [选项] <文件> -o <文件>")]
    Annotate(AnnotateArgs),
    /// 从一批报告里归纳几乎总成立、规则里还没有的关系
    #[command(help_template = FORM, override_usage = "gouji mine [选项] --out <目录> <报告目录>")]
    Mine(MineArgs),
    /// 复核：从标注的位置重新读数，重新计算每一处算式
    #[command(help_template = FORM, override_usage = "gouji verify [选项] <结果.json> <报告>...")]
    Verify(VerifyArgs),
    /// 解释一条规则：查什么，为什么，怎么改
    #[command(help_template = FORM, override_usage = "gouji explain [选项] <规则>")]
    Explain(ExplainArgs),
    /// 列出全部规则；试自己写的规则
    #[command(
        help_template = FORM,
        override_usage = "gouji rules [选项]\n      gouji rules test <目录>",
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        args_conflicts_with_subcommands = true,
        disable_help_subcommand = true
    )]
    Rules(RulesArgs),
    /// 显示程序读出了什么：文字、结构、数字、关系
    #[command(help_template = FORM, override_usage = "gouji dump [选项] <阶段> <文件>")]
    Dump(DumpArgs),
    /// 列出能读的文件格式和各项限度
    #[command(help_template = FORM, override_usage = "gouji doctor")]
    Doctor,
    /// 显示一个命令的帮助
    #[command(help_template = FORM, override_usage = "gouji help [命令]")]
    Help(HelpArgs),
}

const STATUS: &str = "\
能读 .txt、.md、.docx、.doc、.wps、.odt、.xlsx、.xls、.et、.ods、.pdf、.ofd、.html、
.mht；装有 LibreOffice 时还有 .rtf。格式按内容识别。
路径是目录或 .zip 时，查其中能读的全部文件（后缀见 gouji doctor，隐藏文件除外）；
没有装 LibreOffice 时，.rtf 记为没能检查。路径是 - 时读标准输入。
文本的编码自动识别：UTF-8、UTF-16、GB18030（GBK）、Big5。

退出状态：
  0  没有达到 --fail-on 级别的问题
  1  有达到该级别的问题
  2  有路径没能检查，或参数有误（其余报告的结果照常输出）";

const PAPERS: &str = "\
结果文件的扩展名决定出具什么：
  .html  网页：原文与发现对照，可打印；一份报告一页，多份时 -o 写目录，末尾加 /（如 -o 结果/）
  .xlsx  Excel 工作底稿：发现、验算、数据、未判断，都能点回原文；多份报告合在一本
  .docx  整改通知，可在 Word、WPS 里改定后发回报送单位；多份报告各起一页
  .md    同一份整改通知的 Markdown 文本

例：
  gouji report 自评报告.txt -o 核查.html
  gouji report 报告目录/ -o 底稿.xlsx
  gouji report 自评报告.docx -o 整改通知.docx

出具成功以状态 0 退出，不论发现多少；有路径没能检查时为 2（其余报告照常出具）。";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ReportArgs {
    /// 报告文件或目录；- 为标准输入
    #[arg(required = true, value_name = "路径", help_heading = "参数")]
    pub(super) paths: Vec<PathBuf>,
    /// 结果文件；扩展名为 .html、.xlsx、.docx 或 .md；多份报告的网页写目录，末尾加 /
    #[arg(short, long, value_name = "文件")]
    pub(super) output: PathBuf,
    /// 标准输入在结果中的名称，默认为 -
    #[arg(long, value_name = "名称", default_value = "-", hide_default_value = true)]
    pub(super) stdin_name: String,
    #[command(flatten)]
    pub(super) threads: Threads,
    #[command(flatten)]
    pub(super) rules: Rules,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct CheckArgs {
    /// 报告文件或目录；- 为标准输入
    #[arg(required = true, value_name = "路径", help_heading = "参数")]
    pub(super) paths: Vec<PathBuf>,
    /// 输出格式：text（给人看，默认）、json（给程序用）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub(super) format: CheckFormat,
    /// 改为列出核对过的每一条关系（底稿），相符的也列；可写 =csv 或 =json
    #[arg(
        long,
        value_name = "格式",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text",
        hide_possible_values = true
    )]
    pub(super) workpaper: Option<PaperFormat>,
    /// 达到哪一级就以状态 1 退出：error（默认）、warning、info、never
    #[arg(long, value_name = "级别", default_value = "error", hide_default_value = true, hide_possible_values = true)]
    pub(super) fail_on: FailOn,
    /// 标准输入在结果中的名称，默认为 -
    #[arg(long, value_name = "名称", default_value = "-", hide_default_value = true)]
    pub(super) stdin_name: String,
    /// 不显示进度条
    #[arg(long)]
    pub(super) no_progress: bool,
    #[command(flatten)]
    pub(super) threads: Threads,
    #[command(flatten)]
    pub(super) rules: Rules,
    #[command(flatten)]
    pub(super) look: Look,
}

const RESULTS: &str = "\
结果目录里有：
  index.html        给人看的汇总（一个文件，不联网也能看）
  issues.xlsx       问题清单
  *.parquet         reports、findings、facts、relations、pairs 五张表，DuckDB、Polars、Spark 可直接查询
中断后再次运行同一命令会接着做；没有变动的文件不重读。

退出状态：
  0  全部报告都已检查
  2  有报告没能检查（已记在结果里），或参数有误";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ScanArgs {
    /// 报告所在的目录
    #[arg(value_name = "目录", help_heading = "参数")]
    pub(super) reports: PathBuf,
    #[command(flatten)]
    pub(super) outputs: Outputs,
    /// 只扫描分出的第几份，如 3/16；各份都扫描完，再用 gouji merge 合成
    #[arg(long, value_name = "第几份/共几份", value_parser = shard)]
    pub(super) shard: Option<Shard>,
    /// 一份报告最多查多少秒，默认 60
    #[arg(long, value_name = "秒", default_value_t = 60, hide_default_value = true)]
    pub(super) seconds: u64,
    /// 不显示进度条
    #[arg(long)]
    pub(super) no_progress: bool,
    #[command(flatten)]
    pub(super) threads: Threads,
    #[command(flatten)]
    pub(super) rules: Rules,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct AnnotateArgs {
    /// 报告（.docx、.xlsx、.pdf）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub(super) file: PathBuf,
    /// 批注后的副本写到哪个文件；不能是原文件
    #[arg(short = 'o', long = "output", value_name = "文件")]
    pub(super) output: PathBuf,
    /// 去掉 gouji 写的批注，还原文档
    #[arg(long)]
    pub(super) strip: bool,
    #[command(flatten)]
    pub(super) rules: Rules,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct MergeArgs {
    /// 各份的结果目录
    #[arg(required = true, value_name = "各份的结果目录", help_heading = "参数")]
    pub(super) parts: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) outputs: Outputs,
    #[command(flatten)]
    pub(super) threads: Threads,
    #[command(flatten)]
    pub(super) rules: Rules,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct MineArgs {
    /// 报告所在的目录
    #[arg(value_name = "报告目录", help_heading = "参数")]
    pub(super) reports: PathBuf,
    /// 归纳出的规则页写到哪个目录；一条关系至少要有20处可比、99%成立才归纳
    #[arg(long, value_name = "目录")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) threads: Threads,
    #[command(flatten)]
    pub(super) rules: Rules,
}

/// What the results of a scan are to be.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Outputs {
    /// 结果目录；没有就新建
    #[arg(long, value_name = "目录")]
    pub(super) out: PathBuf,
    /// 可用来看报告的时间（分钟），据此排出先看哪些，默认 60
    #[arg(long, value_name = "分钟", default_value_t = 60, hide_default_value = true)]
    pub(super) minutes: u32,
    /// 应报单位名录，每行一家；据此列出应报未报的
    #[arg(long, value_name = "文件")]
    pub(super) register: Option<PathBuf>,
    /// 单位曾用名对照表，每行一条：旧名=现名
    #[arg(long, value_name = "文件")]
    pub(super) aliases: Option<PathBuf>,
}

fn shard(text: &str) -> Result<Shard, String> {
    Shard::parse(text).ok_or_else(|| "3/16".into())
}

/// Which rules are in force.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Rules {
    /// 另加一个目录里的规则页（.md）；与内置规则同名的，以它为准
    #[arg(long = "rules", value_name = "目录")]
    pub(super) directory: Option<PathBuf>,
}

/// How many threads work.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Threads {
    /// 线程数，1 到 256，默认与处理器核数相同；结果与线程数无关
    #[arg(long = "threads", value_name = "个数", value_parser = clap::value_parser!(u16).range(1..=256))]
    count: Option<u16>,
}

impl Threads {
    /// The number that was asked for.
    pub(super) fn count(self) -> Option<usize> {
        self.count.map(usize::from)
    }

    pub(super) fn pool(self) -> anyhow::Result<Pool> {
        Pool::new(self.count().unwrap_or(0)).context("无法启动线程")
    }
}

/// How output looks.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Look {
    /// 颜色：auto（默认，仅在终端上）、always、never
    #[arg(long, value_name = "何时", default_value = "auto", hide_default_value = true, hide_possible_values = true)]
    pub(super) color: ColorChoice,
    /// 输出的列数，默认与终端同宽，不是终端时为 100
    #[arg(long, value_name = "列数")]
    pub(super) width: Option<u16>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ExplainArgs {
    /// 规则的标识，如 parts-sum；用 gouji rules 列出全部
    #[arg(value_name = "规则", help_heading = "参数")]
    pub(super) rule: String,
    #[command(flatten)]
    pub(super) rules: Rules,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: Option<RulesCommand>,
    /// 输出格式：text（默认）、json、md
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub(super) format: RulesFormat,
    #[command(flatten)]
    pub(super) rules: Rules,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// 试一个目录里规则页的例子；页有误的，指出错在哪里
    #[command(help_template = FORM, override_usage = "gouji rules test [选项] <目录>", after_help = TRIAL_STATUS)]
    Test(RulesTestArgs),
}

const TRIAL_STATUS: &str = "\
退出状态：
  0  例子都对
  1  有例子不对
  2  有规则页读不懂，或参数有误";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct RulesTestArgs {
    /// 规则页（.md）所在的目录
    #[arg(value_name = "目录", help_heading = "参数")]
    pub(super) directory: PathBuf,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct DumpArgs {
    /// 阶段：text（解码后的文字）、ast（结构）、facts（数字与断言）、relations（关系）
    #[arg(value_name = "阶段", help_heading = "参数", display_order = 1, hide_possible_values = true)]
    pub(super) stage: Stage,
    /// 报告文件；- 为标准输入
    #[arg(value_name = "文件", help_heading = "参数", display_order = 2)]
    pub(super) file: PathBuf,
    /// 格式：text（默认）、dot（关系图，只用于 relations）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub(super) format: DumpFormat,
    #[command(flatten)]
    pub(super) rules: Rules,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct VerifyArgs {
    /// gouji check --format json 的结果
    #[arg(value_name = "结果.json", help_heading = "参数", display_order = 1)]
    pub(super) findings: PathBuf,
    /// 结果对应的报告文件
    #[arg(required = true, value_name = "报告", help_heading = "参数", display_order = 2)]
    pub(super) reports: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct HelpArgs {
    /// 命令名
    #[arg(value_name = "命令", help_heading = "参数")]
    pub(super) command: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Json,
    /// Of a workpaper only.
    #[value(skip)]
    Csv,
}

/// How the workpaper is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperFormat {
    Text,
    Csv,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    Text,
    Json,
    Md,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DumpFormat {
    Text,
    Dot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    Text,
    Ast,
    Facts,
    Relations,
}

impl FailOn {
    /// The least severity that counts; `None` if none does.
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

/// The help of the program or of one command.
pub(super) fn help(command: Option<&str>) -> Option<String> {
    let mut cli = Cli::command();
    cli.build();
    match command {
        None => Some(cli.render_help().to_string()),
        Some(name) => Some(cli.find_subcommand_mut(name)?.render_help().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_has_no_english_headings() {
        let commands = [
            "check", "verify", "scan", "merge", "mine", "report", "annotate", "explain", "rules", "dump", "doctor",
            "help",
        ];
        for command in std::iter::once(None).chain(commands.into_iter().map(Some)) {
            let help = help(command).expect("the command exists");
            for word in ["Usage", "Options", "Arguments", "Commands", "Print", "default:", "possible values"] {
                assert!(!help.contains(word), "{word} in\n{help}");
            }
        }
    }
}
