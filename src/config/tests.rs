//! What the settings make of files, variables and flags.

use std::{collections::BTreeMap, time::Duration};

use super::*;

struct Case {
    directory: tempfile::TempDir,
    environment: BTreeMap<String, String>,
}

fn case(file: &str, variables: &[(&str, &str)]) -> Case {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("config.toml"), file).unwrap();
    let mut environment: BTreeMap<_, _> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    environment.insert("WABADECK_CONFIG_DIR".into(), directory.path().display().to_string());
    Case { directory, environment }
}

impl Case {
    fn load(&self, flags: &Flags) -> Result<Settings, ConfigError> {
        Settings::load(flags, &self.environment)
    }
}

#[test]
fn without_anything_the_defaults_hold() {
    let settings = case("", &[]).load(&Flags::default()).unwrap();
    assert!(settings.token.is_none());
    assert_eq!(settings.api_version, "v26.0");
    assert_eq!(settings.refresh, Some(Duration::from_secs(120)));
    assert_eq!(settings.graph_url_or_meta().unwrap().as_str(), "https://graph.facebook.com/");
    assert!(settings.warnings.is_empty());
}

#[test]
fn the_default_file_says_nothing_and_every_key_in_it_is_known() {
    let settings = case(DEFAULT_FILE, &[]).load(&Flags::default()).unwrap();
    assert!(settings.warnings.is_empty());
    let uncommented: String = DEFAULT_FILE
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .filter(|line| line.contains(" = ") || line.starts_with('['))
        .flat_map(|line| [line, "\n"])
        .collect();
    let settings = case(&uncommented, &[]).load(&Flags::default()).unwrap();
    assert_eq!(settings.warnings, Vec::<String>::new());
    assert_eq!(settings.theme.as_deref(), Some("default"));
    assert!(settings.keys.contains_key("fleet.refresh"));
}

#[test]
fn flags_win_over_variables_and_variables_over_the_file() {
    let case = case(
        "api_version = \"v24.0\"\ngraph_url = \"https://file.example\"\nlanguage = \"fr\"",
        &[("WABADECK_API_VERSION", "25"), ("WABADECK_TOKEN", "secret")],
    );
    let settings = case.load(&Flags::default()).unwrap();
    assert_eq!(settings.api_version, "v25.0");
    assert_eq!(settings.graph_url.as_ref().unwrap().as_str(), "https://file.example/");
    assert_eq!(settings.language.as_deref(), Some("fr"));
    let flags = Flags { api_version: Some("v23.0".into()), graph_url: Some("http://127.0.0.1:9".into()), ..Flags::default() };
    let settings = case.load(&flags).unwrap();
    assert_eq!(settings.api_version, "v23.0");
    assert_eq!(settings.graph_url.unwrap().port(), Some(9));
}

#[test]
fn an_unknown_key_is_told_with_file_line_and_the_likely_one() {
    let case = case("theme = \"dark\"\n\nrefresh_second = 60\n", &[]);
    let settings = case.load(&Flags::default()).unwrap();
    let [warning] = settings.warnings.as_slice() else {
        panic!("one warning expected: {:?}", settings.warnings);
    };
    assert!(warning.contains("config.toml line 3"), "{warning}");
    assert!(warning.contains("\"refresh_second\""), "{warning}");
    assert!(warning.contains("Did you mean \"refresh_seconds\"?"), "{warning}");
    assert_eq!(settings.theme.as_deref(), Some("dark"));
    drop(case.directory);
}

#[test]
fn a_wrong_value_is_told_with_file_and_line() {
    let error = case("\nrefresh_seconds = \"often\"", &[]).load(&Flags::default()).unwrap_err().to_string();
    assert!(error.contains("config.toml line 2"), "{error}");
    assert!(error.contains("refresh_seconds"), "{error}");
    let error = case("waba_ids = [1, \"x\"]", &[]).load(&Flags::default());
    assert!(matches!(error, Err(ConfigError::WrongValue { line: 1, .. })));
    let error = case("a = 1\nb = [", &[]).load(&Flags::default());
    assert!(matches!(error, Err(ConfigError::Syntax { .. })));
}

#[test]
fn a_file_asked_for_by_name_must_exist() {
    let case = case("", &[]);
    let flags = Flags { config: Some(case.directory.path().join("other.toml")), ..Flags::default() };
    assert!(matches!(case.load(&flags), Err(ConfigError::Unreadable { .. })));
}

#[test]
fn ids_are_merged_without_duplicates_and_accepted_as_numbers() {
    let case = case("waba_ids = [12, \"34\"]", &[]);
    let flags = Flags { waba_ids: vec!["34".into(), "56".into()], ..Flags::default() };
    assert_eq!(case.load(&flags).unwrap().waba_ids, ["12", "34", "56"]);
}

#[test]
fn the_token_never_shows_in_debug() {
    let settings = case("", &[("WABADECK_TOKEN", "EAAG-very-secret")]).load(&Flags::default()).unwrap();
    assert!(!format!("{settings:?}").contains("very-secret"));
    assert!(settings.token.is_some());
}
