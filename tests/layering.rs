//! The floors of the house: who may use whom, which crate belongs to which folder, and how long a file may be.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The floor of each top-level module; a module may use those on its own floor or below.
const FLOORS: &[(&str, u8)] = &[
    ("domain", 0),
    ("text", 0),
    ("graph", 1),
    ("store", 1),
    ("sandbox", 1),
    ("web", 1),
    ("config", 1),
    ("paths", 1),
    ("picture", 1),
    ("secrets", 1),
    ("logging", 1),
    ("i18n", 1),
    ("wording", 1),
    ("listing", 1),
    ("ops", 2),
    ("tui", 3),
    ("cli", 3),
    ("lib", 4),
    ("main", 4),
];

/// Crates that only some places may use.
const CRATES: &[(&str, &[&str])] = &[
    ("reqwest", &[]),
    ("hyper_rustls", &["src/graph/"]),
    ("rusqlite", &["src/store/", "src/store.rs"]),
    ("axum", &["src/sandbox/", "src/web/", "src/web.rs"]),
    ("crossterm", &["src/tui/terminal.rs", "src/tui/input.rs"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            into.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found.sort();
    assert!(found.len() > 50, "only {} sources found", found.len());
    found
}

fn module_of(file: &str) -> &str {
    file.trim_start_matches("src/").split('/').next().unwrap().trim_end_matches(".rs")
}

/// Code without comments: a sentence may name what the code may not use.
fn code(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The top-level modules that a source names, in `use` lines and in paths.
fn used_modules(source: &str) -> Vec<String> {
    let mut used = Vec::new();
    let code = code(source);
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with('$') || code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = code[at + "crate::".len()..].trim_start();
        if let Some(list) = rest.strip_prefix('{') {
            // `use crate::{a::b, c::{d, e}}`: the names at the outer level.
            let (mut depth, mut name) = (1, String::new());
            for character in list.chars() {
                match character {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => used.push(std::mem::take(&mut name)),
                    _ if depth == 1 => name.push(character),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            used.push(name);
        } else {
            used.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    used.into_iter()
        .map(|name| name.trim().split("::").next().unwrap_or_default().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn nothing_imports_upward() {
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (file, source) in all_sources() {
        let own = module_of(&file);
        let floor = *floors.get(own).unwrap_or_else(|| panic!("{file}: its module stands on no floor yet"));
        for used in used_modules(&source) {
            // What is no module of the house is a macro or an item of the crate itself.
            if floors.get(used.as_str()).is_some_and(|above| *above > floor) {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn sandbox_and_client_share_no_code() {
    let mut wrong = Vec::new();
    for (file, source) in all_sources() {
        let used = used_modules(&source);
        let uses = |module: &str| used.iter().any(|name| name == module);
        let shares = match module_of(&file) {
            "sandbox" => uses("graph") || uses("domain") || uses("ops") || uses("web"),
            "graph" => uses("sandbox"),
            _ => false,
        };
        if shares {
            wrong.push(file);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_domain_does_no_io_and_knows_no_terminal_and_no_json() {
    let mut wrong = Vec::new();
    for (file, source) in all_sources().into_iter().filter(|(file, _)| module_of(file) == "domain") {
        let code = code(&source);
        for word in ["serde_json", "tokio", "ratatui", "std::fs", "std::net", "Timestamp::now", "SystemTime", "async fn"] {
            if code.contains(word) {
                wrong.push(format!("{file}: {word}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_crate_stays_where_it_belongs() {
    let mut wrong = Vec::new();
    for (file, source) in all_sources() {
        let code = code(&source);
        for (name, homes) in CRATES {
            let named = code.contains(&format!("{name}::")) || code.contains(&format!("use {name};"));
            if named && !homes.iter().any(|home| file.starts_with(home)) {
                wrong.push(format!("{file} uses {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_file_is_over_500_lines_and_each_says_what_it_is_for() {
    let mut files = all_sources();
    sources(&root().join("tests"), &mut files);
    let wrong: Vec<String> = files
        .iter()
        .filter(|(_, source)| source.lines().count() > 500 || !source.trim_start().starts_with("//!"))
        .map(|(file, source)| format!("{file}: {} lines", source.lines().count()))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_the_runner_and_the_listener_for_keys_spawn_among_the_screens() {
    let wrong: Vec<String> = all_sources()
        .into_iter()
        .filter(|(file, source)| {
            module_of(file) == "tui"
                && !["src/tui/runner.rs", "src/tui/input.rs"].contains(&file.as_str())
                && !file.starts_with("src/tui/runner/")
                && code(source).contains("spawn(")
        })
        .map(|(file, _)| file)
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_readers_of_imports_see_them() {
    let source = "use crate::{domain::{a, b}, ops::x, tui};\nlet y = crate::graph::z(); // crate::cli::comment\nuse crate::text;";
    assert_eq!(used_modules(source), ["domain", "ops", "tui", "graph", "text"]);
}
