//! Embeds the rules: every page of `rules/` with its head, and the lexicon, read from TOML once and not at every start.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use toml::{Table, Value};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a head may say, and whether it has to.
const HEAD: [(&str, bool); 7] = [
    ("title", true),
    ("family", true),
    ("severity", true),
    ("basis", true),
    ("since", true),
    ("check", false),
    ("confidence", false),
];

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let rules = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("pages.rs"), pages(&rules)?)?;
    fs::write(Path::new(&out).join("lexicon.rs"), lexicon(&fs::read_to_string(rules.join("lexicon.toml"))?)?)?;
    Ok(())
}

/// Every page but the README, sorted: its name, its text, its head.
fn pages(rules: &Path) -> Result<String> {
    let entries = fs::read_dir(rules)?.collect::<std::io::Result<Vec<_>>>()?;
    let mut names: Vec<String> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".md") && name != "README.md");
    names.sort();
    let mut table = String::from("&[\n");
    for name in names {
        let head = head(&fs::read_to_string(rules.join(&name))?);
        let head = head.map_or("None".to_owned(), |head| format!("Some({head})"));
        let text = format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/rules/{name}\"))");
        writeln!(table, "    ({name:?}, {text}, {head}),")?;
    }
    Ok(table + "]\n")
}

/// The head of a page; `None` for a faulty one: what is wrong with it is told, with an arrow, where pages are tested.
fn head(page: &str) -> Option<String> {
    let head: Table = page.strip_prefix("+++\n")?.split("\n+++\n").next()?.parse().ok()?;
    let known = |field: &String| HEAD.iter().any(|(name, _)| name == field);
    let mut fields = String::new();
    for (name, needed) in HEAD {
        match (head.get(name).map(Value::as_str), needed) {
            (Some(Some(value)), true) => write!(fields, "{name}: {value:?}, ").ok()?,
            (Some(Some(value)), false) => write!(fields, "{name}: Some({value:?}), ").ok()?,
            (None, false) => write!(fields, "{name}: None, ").ok()?,
            (Some(None), _) | (None, true) => return None,
        }
    }
    head.keys().all(known).then(|| format!("Head {{ {fields}}}"))
}

/// The lexicon: concepts, then the words for stages, scopes and measures.
fn lexicon(text: &str) -> Result<String> {
    let lexicon: Table = text.parse()?;
    let mut lists = String::new();
    for (name, kind) in
        [("concept", "RawConcept"), ("stage", "RawWords"), ("scope", "RawWords"), ("measure", "RawWords")]
    {
        let entries = lexicon.get(name).and_then(Value::as_array).ok_or(format!("the lexicon has no {name}"))?;
        let entries = entries.iter().map(|entry| Ok(format!("{kind} {{ {}}}", fields(entry)?)));
        writeln!(lists, "    {name}: &[{}],", entries.collect::<Result<Vec<_>>>()?.join(", "))?;
    }
    Ok(format!("RawLexicon {{\n{lists}}}\n"))
}

/// The fields of an entry of the lexicon. A concept that is part of none says so.
fn fields(entry: &Value) -> Result<String> {
    let entry = entry.as_table().ok_or("an entry of the lexicon is no table")?;
    let mut fields = String::new();
    for (name, value) in entry {
        match (name.as_str(), value) {
            ("parent", Value::String(parent)) => write!(fields, "parent: Some({parent:?}), ")?,
            (_, Value::String(word)) => write!(fields, "{name}: {word:?}, ")?,
            (_, Value::Array(words)) => {
                let words: Option<Vec<&str>> = words.iter().map(Value::as_str).collect();
                write!(fields, "{name}: &{:?}, ", words.ok_or(format!("a word of {name} is no text"))?)?;
            }
            _ => return Err(format!("{name} of the lexicon is neither text nor a list").into()),
        }
    }
    let is_whole = entry.contains_key("parent") || !entry.contains_key("dimension");
    Ok(fields + if is_whole { "" } else { "parent: None, " })
}
