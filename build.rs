//! Embeds the rule pages: every `rules/*.md` but the README, sorted, as a table of name and text.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut pages: Vec<String> = fs::read_dir(Path::new(&root).join("rules"))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<Vec<String>>>()?;
    pages.retain(|name| name.ends_with(".md") && name != "README.md");
    pages.sort();
    let mut table = String::from("&[\n");
    for page in &pages {
        writeln!(table, "    ({page:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/rules/{page}\"))),")
            .map_err(io::Error::other)?;
    }
    table.push_str("]\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("pages.rs"), table)
}
