//! A page of an OFD file.
#![no_main]

mod common;

use std::sync::LazyLock;

use common::{Container, press};
use libfuzzer_sys::fuzz_target;

static CONTAINER: LazyLock<Container> = LazyLock::new(|| Container::new(press::ofd, "Doc_0/Pages/0.xml"));

fuzz_target!(|part: &[u8]| common::read(&CONTAINER.with(part)));
