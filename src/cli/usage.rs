//! clap's errors in Chinese.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong with the arguments, and where to read more.
pub(super) fn explain(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少取值"),
        ErrorKind::InvalidValue => format!("“{argument}”不能取“{value}”"),
        ErrorKind::ValueValidation => format!("“{argument}”的取值“{value}”不合规定；可取的值见 gouji help ‹命令›"),
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".into(),
        ErrorKind::ArgumentConflict => format!("“{argument}”重复或与别的参数冲突"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”的取值个数不对")
        }
        ErrorKind::NoEquals => format!("“{argument}”要用等号给出取值"),
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8 文字".into(),
        _ => "参数有误".into(),
    };
    format!("{message}{}\n用 gouji help 查看用法", hint(error))
}

fn hint(error: &clap::Error) -> String {
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(words) = near.into_iter().find_map(|kind| error.get(kind)).map(words) {
        return format!("；是否想写 {words}？");
    }
    match error.get(ContextKind::ValidValue).map(words) {
        Some(valid) if !valid.is_empty() => format!("；可用：{valid}"),
        _ => String::new(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        _ => String::new(),
    }
}
