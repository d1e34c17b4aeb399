//! That secrets are kept, found and forgotten, and that what is not safe is refused.

use std::{collections::BTreeMap, path::Path};

use secrecy::ExposeSecret;

use super::*;
use crate::paths::Paths;

struct House {
    directory: tempfile::TempDir,
    environment: BTreeMap<String, String>,
}

impl House {
    fn new(variables: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut environment: BTreeMap<_, _> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        environment.insert("WABADECK_DATA_DIR".into(), directory.path().join("data").display().to_string());
        Self { directory, environment }
    }

    fn with_file() -> Self {
        Self::new(&[("WABADECK_SECRET_STORE", "file")])
    }

    fn paths(&self) -> Paths {
        Paths::discover(&self.environment)
    }

    fn vault(&self) -> Vault {
        Vault::new(&self.paths(), &self.environment)
    }
}

fn found(vault: &Vault, place: Place) -> Option<String> {
    vault.find(place, "work", Kind::Token).unwrap().map(|secret| secret.expose_secret().to_owned())
}

#[test]
fn the_token_is_trimmed_and_an_empty_one_is_none() {
    let mut environment = BTreeMap::new();
    assert!(token(&environment).is_none());
    environment.insert("WABADECK_TOKEN".to_owned(), "  \n".to_owned());
    assert!(token(&environment).is_none());
    environment.insert("WABADECK_TOKEN".to_owned(), " abc\n".to_owned());
    let (found, source) = token(&environment).unwrap();
    assert_eq!(found.expose_secret(), "abc");
    assert_eq!(source.to_string(), "the environment variable WABADECK_TOKEN");
}

#[test]
fn a_file_keeps_a_secret_until_it_is_forgotten() {
    let house = House::with_file();
    let vault = house.vault();
    assert_eq!(found(&vault, Place::File), None);
    let stored = vault.store("work", Kind::Token, &"EAAG one".into()).unwrap();
    assert_eq!(stored.place, Place::File);
    vault.store("work", Kind::Token, &"EAAG two".into()).unwrap();
    assert_eq!(found(&vault, Place::File).as_deref(), Some("EAAG two"));
    let left: Vec<_> = std::fs::read_dir(house.paths().data.join("secrets")).unwrap().collect();
    assert_eq!(left.len(), 1, "no temporary file stays: {left:?}");
    let (removed, _) = vault.forget("work", Kind::Token);
    assert!(removed.contains(&Place::File));
    assert_eq!(found(&vault, Place::File), None);
}

#[test]
fn what_a_killed_program_left_behind_is_removed_and_what_another_writes_now_is_not() {
    let house = House::with_file();
    let vault = house.vault();
    vault.store("work", Kind::Token, &"EAAG one".into()).unwrap();
    let directory = house.paths().data.join("secrets");
    let names = [one_time(), one_time(), Some("note".to_owned())].map(|name| directory.join(format!(".{}", name.unwrap())));
    let hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    for (name, is_old) in names.iter().zip([true, false, true]) {
        let file = std::fs::File::create(name).unwrap();
        file.set_modified(if is_old { hour_ago } else { std::time::SystemTime::now() }).unwrap();
    }
    let there = || names.each_ref().map(|name| name.exists());
    vault.store("work", Kind::Token, &"EAAG two".into()).unwrap();
    assert_eq!(there(), [false, true, true]);
    std::fs::File::options().write(true).open(&names[1]).unwrap().set_modified(hour_ago).unwrap();
    vault.forget("work", Kind::Token);
    assert_eq!(there(), [false, false, true], "signing out removes them, too");
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone() {
    let house = House::with_file();
    let vault = house.vault();
    vault.store("work", Kind::Token, &"EAAG".into()).unwrap();
    let file = vault.file("work", Kind::Token);
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_refused_with_the_remedy() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::with_file();
    let vault = house.vault();
    vault.store("work", Kind::Token, &"EAAG-secret".into()).unwrap();
    let file = vault.file("work", Kind::Token);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let error = vault.find(Place::File, "work", Kind::Token).unwrap_err().to_string();
    assert!(error.contains("mode 644") && error.contains("chmod 600"), "{error}");
    assert!(!error.contains("EAAG"));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::set_permissions(file.parent().unwrap(), std::fs::Permissions::from_mode(0o777)).unwrap();
    assert!(vault.find(Place::File, "work", Kind::Token).is_err());
    assert!(vault.store("work", Kind::Token, &"EAAG".into()).is_err());
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_neither_read_nor_written_through() {
    let house = House::with_file();
    let vault = house.vault();
    vault.store("other", Kind::Token, &"EAAG".into()).unwrap();
    let elsewhere = house.directory.path().join("elsewhere");
    std::fs::write(&elsewhere, "planted").unwrap();
    let file = vault.file("work", Kind::Token);
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    let error = vault.find(Place::File, "work", Kind::Token).unwrap_err().to_string();
    assert!(error.contains("symbolic link"), "{error}");
    assert!(vault.store("work", Kind::Token, &"EAAG".into()).is_err());
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), "planted");
}

#[cfg(target_os = "linux")]
#[test]
fn the_kernel_keyring_keeps_a_secret_where_the_kernel_lets_it() {
    let house = House::new(&[("WABADECK_SECRET_STORE", "kernel-keyring")]);
    let vault = house.vault();
    match vault.store("work", Kind::Token, &"EAAG kernel".into()) {
        Ok(stored) => {
            assert_eq!(stored.place, Place::KernelKeyring);
            assert_eq!(found(&vault, Place::KernelKeyring).as_deref(), Some("EAAG kernel"));
            assert_eq!(found(&vault, Place::File), None);
            let (removed, failed) = vault.forget("work", Kind::Token);
            assert_eq!(removed, [Place::KernelKeyring], "{failed:?}");
            assert_eq!(found(&vault, Place::KernelKeyring), None);
        }
        // Containers often forbid it; then it must be said, and nothing pretended.
        Err(error) => assert!(error.to_string().contains("kernel keyring"), "{error}"),
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_secret_service_gets_the_secret_by_standard_input_and_never_as_an_argument() {
    use std::os::unix::fs::PermissionsExt;
    let mut house = House::new(&[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")]);
    let folder = house.directory.path().join("bin");
    std::fs::create_dir(&folder).unwrap();
    // A stand-in for the command with a file for a memory, and a list of the arguments it got.
    let script = format!(
        "#!/bin/sh\necho \"$@\" >> {0}/arguments\ncase $1 in store) cat > {0}/kept;; lookup) cat {0}/kept 2>/dev/null;; clear) rm {0}/kept;; esac\n",
        folder.display()
    );
    let tool = folder.join("secret-tool");
    std::fs::write(&tool, script).unwrap();
    std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755)).unwrap();
    house.environment.insert("PATH".into(), folder.display().to_string());
    let vault = house.vault();
    assert_eq!(vault.places().first(), Some(&Place::SecretService));
    let stored = vault.store("work", Kind::Token, &"EAAG-service".into()).unwrap();
    assert_eq!(stored.place, Place::SecretService, "{:?}", stored.passed_over);
    assert_eq!(found(&vault, Place::SecretService).as_deref(), Some("EAAG-service"));
    let arguments = std::fs::read_to_string(folder.join("arguments")).unwrap();
    assert!(arguments.contains("work token") && !arguments.contains("EAAG"), "{arguments}");
    let (removed, _) = vault.forget("work", Kind::Token);
    assert_eq!(removed, [Place::SecretService]);
    assert_eq!(found(&vault, Place::SecretService), None);
}

#[test]
fn a_place_that_is_not_there_is_named_with_those_that_are() {
    let house = House::new(&[("WABADECK_SECRET_STORE", "pocket")]);
    let error = house.vault().store("work", Kind::Token, &"EAAG".into()).unwrap_err().to_string();
    assert!(error.contains("\"pocket\"") && error.contains("file"), "{error}");
}

#[test]
fn the_index_remembers_places_and_holds_no_secret() {
    let house = House::with_file();
    let paths = house.paths();
    assert_eq!(Index::load(&paths).unwrap(), Index::default());
    let record = Record { token: Some(Place::File), app_secret: None, origin: Some("https://graph.facebook.com".into()) };
    let index = Index { profiles: [("work".to_owned(), record)].into() };
    index.save(&paths).unwrap();
    assert_eq!(Index::load(&paths).unwrap(), index);
    std::fs::write(Index::path(&paths), "[[[").unwrap();
    assert!(Index::load(&paths).unwrap_err().to_string().contains("sign in again"));
}

#[test]
fn one_time_values_differ() {
    let first = one_time().unwrap();
    assert_eq!(first.len(), 32);
    assert_ne!(first, one_time().unwrap());
}

#[test]
fn sameness_needs_every_byte() {
    assert!(same(b"abc", b"abc"));
    assert!(!same(b"abc", b"abd"));
    assert!(!same(b"abc", b"ab"));
}

#[test]
fn sign_ins_at_the_same_time_are_all_remembered() {
    let house = House::with_file();
    let paths = house.paths();
    let names: Vec<String> = (0..12).map(|number| format!("profile-{number:02}")).collect();
    std::thread::scope(|scope| {
        for name in &names {
            scope.spawn(|| {
                Index::change(&paths, |index| index.profiles.insert(name.clone(), Record::default()).is_none()).unwrap()
            });
        }
    });
    let kept = Index::load(&paths).unwrap();
    assert!(kept.profiles.keys().eq(&names), "{:?}", kept.profiles.keys());
}
