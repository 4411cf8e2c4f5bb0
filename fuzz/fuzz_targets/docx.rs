//! The main part of a Word document.
#![no_main]

mod common;

use std::sync::LazyLock;

use common::{Container, rebuild};
use libfuzzer_sys::fuzz_target;

static CONTAINER: LazyLock<Container> = LazyLock::new(|| Container::new(rebuild::docx, "word/document.xml"));

fuzz_target!(|part: &[u8]| common::read(&CONTAINER.with(part)));
