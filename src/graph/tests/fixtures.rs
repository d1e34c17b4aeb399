//! The bodies that Meta published as examples must decode. They lie beside the project, not in it.

use std::path::PathBuf;

use crate::domain::account::FoundBy;
use crate::graph::{answer::decode, wire};

/// The folder of example bodies; `None`, and a word about it, where it is absent.
fn fixtures() -> Option<PathBuf> {
    let named = std::env::var_os("WABADECK_FIXTURES").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
    let folder = named.unwrap_or(beside).join("graph");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no example bodies at {}", folder.display());
    None
}

fn bodies(folder: &std::path::Path, kind: &str) -> Vec<(String, Vec<u8>)> {
    let mut bodies = Vec::new();
    for entry in std::fs::read_dir(folder.join(kind)).unwrap() {
        let path = entry.unwrap().path();
        bodies.push((path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()));
    }
    assert!(!bodies.is_empty(), "{kind} is empty");
    bodies
}

#[test]
fn every_published_error_becomes_an_error_with_its_code() {
    let Some(folder) = fixtures() else { return };
    for (name, body) in bodies(&folder, "errors") {
        let error = wire::error_of(400, &body).unwrap_or_else(|| panic!("{name}"));
        assert!(error.code > 0 && !error.message.is_empty(), "{name}: {error:?}");
    }
}

#[test]
fn every_published_list_of_accounts_numbers_and_templates_decodes() {
    let Some(folder) = fixtures() else { return };
    let mut seen = [0; 3];
    for (name, body) in bodies(&folder, "lists") {
        if name.contains("whatsapp-business-accounts") {
            let page: wire::Page<wire::WireAccount> = decode("h", 200, &body).unwrap();
            assert!(page.present, "{name}");
            let rows = page.rows.into_iter().map(|row| row.into_account(FoundBy::default(), jiff::Timestamp::UNIX_EPOCH));
            let accounts: Option<Vec<_>> = rows.collect();
            assert_eq!(accounts.unwrap().is_empty(), name.contains("empty"), "{name}");
            seen[0] += 1;
        } else if name.contains("waba-id-phone-numbers") {
            let page: wire::Page<wire::WireNumber> = decode("h", 200, &body).unwrap();
            let numbers: Vec<_> = page.rows.into_iter().map(|row| row.into_number().unwrap()).collect();
            assert!(numbers.iter().all(|number| number.status.is_known() && number.quality.is_known()), "{name}");
            seen[1] += 1;
        } else if name.contains("message-templates") {
            let page: wire::Page<wire::WireTemplate> = decode("h", 200, &body).unwrap();
            let templates: Vec<_> = page.rows.into_iter().map(|row| row.into_template().unwrap()).collect();
            assert!(templates.iter().all(|template| !template.components.is_empty()), "{name}");
            seen[2] += 1;
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn every_published_node_and_template_decodes() {
    let Some(folder) = fixtures() else { return };
    for (name, body) in bodies(&folder, "nodes") {
        if name.contains("get-waba-id-200") {
            let row: wire::WireAccount = decode("h", 200, &body).unwrap();
            let account = row.into_account(FoundBy::default(), jiff::Timestamp::UNIX_EPOCH).unwrap();
            assert!(account.review.as_ref().unwrap().is_known(), "{name}");
        } else if name.starts_with("openapi-get-phone-number-id-200") {
            let row: wire::WireNumber = decode("h", 200, &body).unwrap();
            assert_eq!(row.into_number().unwrap().display, "+1 555-555-5555", "{name}");
        } else if name.contains("get-business-id-200") {
            let row: wire::WireBusiness = decode("h", 200, &body).unwrap();
            assert_eq!(row.into_portfolio().unwrap().name, "Lucky Shrub", "{name}");
        }
    }
    for (name, body) in bodies(&folder, "templates") {
        let row: wire::WireTemplate = decode("h", 200, &body).unwrap();
        if let Some(template) = row.into_template() {
            let unknown = template
                .components
                .iter()
                .filter(|component| matches!(component, crate::domain::template::Component::Unknown(_)))
                .count();
            assert_eq!(unknown, 0, "{name}: {template:?}");
        }
    }
}
