//! One report's panic does not stop the others.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

/// A defect of gouji that showed while it read one report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("gouji 内部出错（{0}）。这是程序的缺陷，不是报告的问题；请把括号里的话连同这份报告反馈给维护者")]
pub struct Panic(pub String);

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the words of panics inside [`guarded`] off the terminal. Others are printed as before.
pub fn install_hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if GUARDED.get() {
            LAST.set(Some(describe(info)));
        } else {
            before(info);
        }
    }));
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let said = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("panic");
    match info.location() {
        Some(place) => format!("{}:{}: {said}", short(place.file()), place.line()),
        None => said.to_owned(),
    }
}

/// The path of a source file from its `src` on: what stands before is the machine that built the program.
fn short(path: &str) -> &str {
    path.rfind("/src/").map_or(path, |at| &path[at + 1..])
}

/// Runs `work`; a panic in it becomes a value.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(|_| Panic(LAST.take().unwrap_or_else(|| "panic".into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_value() {
        install_hook();
        let caught = guarded(|| -> u32 { panic!("odd report") }).expect_err("the work panics");
        assert!(caught.0.contains("odd report") && caught.0.starts_with("src/scan/guard.rs:"), "{caught}");
        assert_eq!(guarded(|| 7), Ok(7));
    }

    #[test]
    fn the_machine_is_not_named() {
        assert_eq!(short("/home/x/registry/nom-8/src/lib.rs"), "src/lib.rs");
        assert_eq!(short("src/check.rs"), "src/check.rs");
    }
}
