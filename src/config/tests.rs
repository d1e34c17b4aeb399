//! What the settings make of files, variables and flags.

use std::{collections::BTreeMap, time::Duration};

use secrecy::ExposeSecret;

use super::*;
use crate::secrets::{Index, Kind, Place, Record, Source, Vault};

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
    environment.insert("WABADECK_DATA_DIR".into(), directory.path().join("data").display().to_string());
    environment.insert("WABADECK_SECRET_STORE".into(), "file".into());
    Case { directory, environment }
}

impl Case {
    fn load(&self, flags: &Flags) -> Result<Settings, ConfigError> {
        Settings::load(flags, &self.environment)
    }

    fn profile(&self, name: &str) -> Result<Settings, ConfigError> {
        self.load(&Flags { profile: Some(name.into()), ..Flags::default() })
    }

    /// Keeps a token as signing in does.
    fn sign_in(&self, profile: &str, token: &str, origin: &str) {
        let paths = Paths::discover(&self.environment);
        let stored = Vault::new(&paths, &self.environment).store(profile, Kind::Token, &token.into()).unwrap();
        let mut index = Index::load(&paths).unwrap();
        let record = Record { token: Some(stored.place), app_secret: None, origin: Some(origin.into()) };
        index.profiles.insert(profile.into(), record);
        index.save(&paths).unwrap();
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
    assert_eq!(settings.theme.as_deref(), Some("dark"));
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

const META: &str = "https://graph.facebook.com";

fn token(settings: &Settings) -> Option<&str> {
    settings.token.as_ref().map(ExposeSecret::expose_secret)
}

#[test]
fn a_profile_says_what_differs_and_takes_the_rest_from_the_top() {
    let case = case(
        "api_version = \"v24.0\"\napp_id = \"7\"\ndefault_profile = \"work\"\n[profiles.work]\nwaba_ids = [1]\napi_version = \"v25.0\"\n",
        &[],
    );
    let work = case.load(&Flags::default()).unwrap();
    assert_eq!((work.profile.as_str(), work.api_version.as_str(), work.app_id.as_deref()), ("work", "v25.0", Some("7")));
    assert_eq!(work.waba_ids, ["1"]);
    let default = work.for_profile("default", &case.environment).unwrap();
    assert_eq!((default.api_version.as_str(), default.waba_ids.len()), ("v24.0", 0));
    let listed: Vec<_> =
        default.profiles.iter().map(|profile| (profile.name.as_str(), profile.is_default, profile.is_current)).collect();
    assert_eq!(listed, [("default", false, true), ("work", true, false)]);
}

#[test]
fn the_flag_names_the_profile_before_the_variable() {
    let case = case("[profiles.a]\n[profiles.b]\n", &[("WABADECK_PROFILE", "a")]);
    assert_eq!(case.load(&Flags::default()).unwrap().profile, "a");
    assert_eq!(case.profile("b").unwrap().profile, "b");
}

#[test]
fn a_profile_that_nobody_set_up_is_told_with_those_that_there_are() {
    let case = case("[profiles.work]\n", &[]);
    let error = case.profile("wrok").unwrap_err().to_string();
    assert!(error.contains("\"wrok\"") && error.contains("default, work"), "{error}");
    let signing_in = Flags { profile: Some("new".into()), signing_in: true, ..Flags::default() };
    assert_eq!(case.load(&signing_in).unwrap().profile, "new");
}

#[test]
fn names_and_keys_of_profiles_are_checked_with_their_line() {
    assert!(matches!(case("", &[]).profile("../x"), Err(ConfigError::WrongArgument { name: "--profile", .. })));
    let error = case("\n[profiles.\"Big Name\"]\n", &[]).load(&Flags::default()).unwrap_err().to_string();
    assert!(error.contains("line 2") && error.contains("lower-case"), "{error}");
    let settings = case("[profiles.work]\nwaba_id = [1]\n", &[]).profile("work").unwrap();
    let [warning] = settings.warnings.as_slice() else { panic!("{:?}", settings.warnings) };
    assert!(warning.contains("line 2") && warning.contains("\"waba_ids\""), "{warning}");
}

#[test]
fn a_kept_token_is_found_and_the_environment_wins_over_it() {
    let case = case("", &[]);
    case.sign_in("work", "kept", META);
    let settings = case.profile("work").unwrap();
    assert_eq!((token(&settings), settings.token_source), (Some("kept"), Some(Source::Stored(Place::File))));
    assert_eq!(case.load(&Flags::default()).unwrap().token_source, None, "another profile has no token");
    let mut environment = case.environment.clone();
    environment.insert("WABADECK_TOKEN".into(), "given".into());
    assert_eq!(token(&settings.for_profile("work", &environment).unwrap()), Some("given"));
}

#[test]
fn a_kept_token_goes_to_no_other_graph_api() {
    let case = case("", &[]);
    case.sign_in("work", "kept", META);
    let flags = Flags { profile: Some("work".into()), graph_url: Some("http://127.0.0.1:9".into()), ..Flags::default() };
    let settings = case.load(&flags).unwrap();
    assert_eq!(token(&settings), None);
    let lost = settings.token_lost.unwrap();
    assert!(lost.contains(META) && lost.contains("http://127.0.0.1:9"), "{lost}");
}

#[test]
fn a_profile_asks_the_graph_api_that_it_was_signed_in_to() {
    let case = case("graph_url = \"https://top.example\"", &[]);
    case.sign_in("work", "kept", "http://127.0.0.1:4567");
    let settings = case.profile("work").unwrap();
    assert_eq!(settings.graph_url.as_ref().map(Url::as_str), Some("http://127.0.0.1:4567/"));
    assert_eq!(token(&settings), Some("kept"));
}

#[test]
fn a_token_that_is_gone_is_said_so() {
    let case = case("", &[]);
    case.sign_in("work", "kept", META);
    let paths = Paths::discover(&case.environment);
    let vault = Vault::new(&paths, &case.environment);
    std::fs::remove_file(vault.file("work", Kind::Token)).unwrap();
    let settings = case.profile("work").unwrap();
    assert_eq!(token(&settings), None);
    assert!(settings.token_lost.unwrap().contains("Sign in again"));
}

#[test]
fn the_signup_page_is_served_where_its_table_says() {
    let load = |file: &str| case(file, &[]).load(&Flags::default());
    assert_eq!(load("").unwrap().signup, signup::Signup::default());
    let own = "[signup]\nbase_url = \"https://ops.example/wabadeck\"\nport = 8787\nextras = \"v3\"\n[profiles.work.signup]\nport = 9000";
    let settings = load(own).unwrap();
    assert_eq!(settings.signup.base_url.as_ref().map(url::Url::as_str), Some("https://ops.example/wabadeck"));
    assert_eq!((settings.signup.port, settings.signup.extras), (Some(8787), Some(signup::Extras::V3)));
    let work = case(own, &[]).profile("work").unwrap();
    assert_eq!((work.signup.port, work.signup.extras), (Some(9000), Some(signup::Extras::V3)));
    for (wrong, says) in [
        ("[signup]\nbase_url = \"https://ops.example\"", "port"),
        ("[signup]\nbase_url = \"http://ops.example\"\nport = 1", "https://"),
        ("[signup]\nextras = \"v9\"", "v4"),
        ("[signup]\nport = 70000", "65535"),
        ("[signup]\nprot = 1", "base_url, port and extras"),
        ("signup = 1", "[signup]"),
    ] {
        let error = load(wrong).unwrap_err().to_string();
        assert!(error.contains(says) && error.contains("line"), "{wrong}: {error}");
    }
}
