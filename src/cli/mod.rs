//! Arguments, exit statuses, progress.

mod annotate;
mod args;
mod check;
mod doctor;
mod dump;
mod mine;
mod output;
mod pages;
mod report;
mod rules;
mod scan;
mod trials;
mod usage;
mod verify;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::scan::{Input, guarded, install_hook, read};
use crate::source::Source;
use args::{Cli, Command, RulesCommand};

/// How a command ended, where it did its job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Something.
    Found,
    /// Part of the job could not be done; said already.
    Undone,
}

/// The exit status of a job that could not be done.
const UNDONE: u8 = 2;

/// Reads an input and works on it; where that cannot be done, the reason in words.
fn attempted<T>(input: &Input, work: impl FnOnce(Source) -> T) -> Result<T, String> {
    match guarded(|| read(input).map(work)) {
        Ok(worked) => worked.map_err(|error| error.0),
        Err(panic) => Err(panic.to_string()),
    }
}

/// Runs the program.
pub fn run() -> ExitCode {
    install_hook();
    match Cli::try_parse() {
        Ok(cli) => exit(guarded(|| dispatch(cli.command)).unwrap_or_else(|panic| Err(panic.into()))),
        Err(error) => refuse(&error),
    }
}

fn dispatch(command: Command) -> anyhow::Result<Status> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Scan(args) => scan::run(&args),
        Command::Mine(args) => mine::run(&args),
        Command::Merge(args) => scan::merge(&args),
        Command::Annotate(args) => annotate::run(&args),
        Command::Dump(args) => dump::run(&args),
        Command::Doctor => doctor::run(),
        Command::Explain(args) => pages::explain(&args),
        Command::Rules(args) => match &args.command {
            Some(RulesCommand::Test(args)) => trials::run(args),
            None => pages::list(&args),
        },
        Command::Help(args) => print_help(args.command.as_deref()),
    }
}

fn print_help(command: Option<&str>) -> anyhow::Result<Status> {
    let help = args::help(command).ok_or_else(|| anyhow::anyhow!("没有“{}”这个命令", command.unwrap_or_default()))?;
    io::stdout().write_all(help.as_bytes())?;
    Ok(Status::Clean)
}

/// A reader that closes its end of the pipe has seen enough: that is no failure.
fn exit(result: anyhow::Result<Status>) -> ExitCode {
    match result {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Found) => ExitCode::from(1),
        Ok(Status::Undone) => ExitCode::from(UNDONE),
        Err(error) => match error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()) {
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Some(cause) => undone(&format!("{}：{}", tried(&error), output::explain(cause))),
            None => undone(&format!("{error:#}")),
        },
    }
}

/// What was being done as the system refused.
fn tried(error: &anyhow::Error) -> String {
    let bare = error.chain().next().is_some_and(|first| first.is::<io::Error>());
    if bare { "写不出结果".into() } else { error.to_string() }
}

fn undone(message: &str) -> ExitCode {
    output::complain(message);
    ExitCode::from(UNDONE)
}

/// Arguments that name no job: help and version are wanted, everything else is a mistake.
fn refuse(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => exit(
            io::stdout().write_all(error.render().to_string().as_bytes()).map(|()| Status::Clean).map_err(Into::into),
        ),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = io::stderr().write_all(error.render().to_string().as_bytes());
            ExitCode::from(UNDONE)
        }
        _ => undone(&usage::explain(error)),
    }
}
