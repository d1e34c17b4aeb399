//! Which profile the dashboard is signed in with: switching to another, and signing in from the sandbox.

use super::{load_fleet, say};
use crate::{
    ops::{Problem, ProfileView},
    secrets::Source,
    text,
    tui::{
        effect::Effect,
        key::{Key, KeyCode},
        model::{
            Model, Screen, Session,
            overlay::{Choice, ChoiceValue, Overlay, Picker, SignIn, SignInField},
        },
        msg::{NewSession, SignedIn},
        update::say_problem,
    },
    wording,
};

/// Asks which profiles there are.
pub fn find_profiles() -> Vec<Effect> {
    vec![Effect::FindProfiles]
}

/// Opens the list of profiles.
pub fn take_profiles(model: &mut Model, profiles: &[ProfileView]) -> Vec<Effect> {
    let line = profiles.iter().position(|profile| profile.is_current).unwrap_or(0);
    let choices = profiles.iter().map(|profile| choice(model, profile)).collect();
    let title = model.text("profiles-title");
    model.overlays.push(Overlay::Picker(Picker { title, choices, filter: Default::default(), line }));
    Vec::new()
}

fn choice(model: &Model, profile: &ProfileView) -> Choice {
    let host = profile.host.as_deref().map_or_else(|| model.text("profiles-sandbox"), |host| text::clean(host).into_owned());
    let token = match profile.token {
        None => model.text("profiles-token-missing"),
        Some(Source::Environment(name)) => name.to_owned(),
        Some(Source::Stored(place)) => model.text(wording::place_id(place)),
    };
    let current = profile.is_current.then(|| model.text("profiles-is-current"));
    let note = [Some(host), Some(token), current].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Choice { value: ChoiceValue::Profile(profile.name.clone()), label: text::clean(&profile.name).into_owned(), note }
}

/// Changes to a profile; the one in use stays until the other stands.
pub fn switch(model: &mut Model, name: String) -> Vec<Effect> {
    let words = model.texts.with("profiles-switching", &[("name", text::clean(&name).into_owned().into())]);
    say(model, words, false);
    vec![Effect::SwitchProfile(name)]
}

/// Whether the session may be left: nothing that was sent may lose its answer (R37).
pub fn can_leave(model: &Model) -> Result<(), String> {
    if model.composer.sends.awaits_answer() { Err(model.text("profiles-still-sending")) } else { Ok(()) }
}

/// Opens the form for a token.
pub fn open_sign_in(model: &mut Model) -> Vec<Effect> {
    let name = match &model.session {
        Session::Ready(connection) => connection.profile.clone(),
        _ => String::new(),
    };
    model.overlays.push(Overlay::SignIn(Box::new(SignIn::new(&name))));
    Vec::new()
}

/// Takes a key for the form.
pub fn press(form: &mut SignIn, key: Key) -> Option<Effect> {
    if form.checking {
        return None;
    }
    match key.code {
        KeyCode::Tab | KeyCode::Down => form.field = form.field.next(),
        KeyCode::BackTab | KeyCode::Up => form.field = form.field.previous(),
        KeyCode::Enter => return submit(form),
        _ => {
            let typed = match form.field {
                SignInField::Token => form.token.press(key),
                SignInField::AppSecret => form.app_secret.press(key),
                SignInField::Profile => form.profile.press(key),
            };
            if typed {
                form.refused = None;
            }
        }
    }
    None
}

/// Puts pasted text into the field that has the focus.
pub fn paste(form: &mut SignIn, pasted: &str) {
    if form.checking {
        return;
    }
    match form.field {
        SignInField::Token => form.token.paste(pasted),
        SignInField::AppSecret => form.app_secret.paste(pasted),
        SignInField::Profile => form.profile.paste(pasted),
    }
    form.refused = None;
}

fn submit(form: &mut SignIn) -> Option<Effect> {
    if form.token.is_empty() {
        form.field = SignInField::Token;
        return None;
    }
    form.checking = true;
    form.refused = None;
    let app_secret = (!form.app_secret.is_empty()).then(|| form.app_secret.secret());
    let profile = Some(form.profile.text().trim().to_owned()).filter(|name| !name.is_empty());
    Some(Effect::SignIn { profile, token: form.token.secret(), app_secret })
}

/// Takes the place of the old session: everything that was known by the other token is forgotten.
pub fn replaced(model: &mut Model, new: NewSession) -> Vec<Effect> {
    model.session = Session::Ready(new.connection);
    model.preferences = new.preferences;
    model.fleet.clear();
    model.screen = Screen::default();
    model.accounts = Default::default();
    model.account = Default::default();
    model.activity = Default::default();
    model.results = Default::default();
    model.composer = Default::default();
    model.pictures.shelf.clear();
    model.pictures.typed = None;
    model.overlays.clear();
    model.upgrades.clear();
    model.proof = None;
    model.outcomes = Default::default();
    model.dismissals = Default::default();
    model.stale = true;
    let words = match new.signed_in {
        Some(signed_in) => signed_in_words(model, &signed_in),
        None => model.texts.with("profiles-switched", &[("name", profile(model).into())]),
    };
    say(model, words, false);
    let mut effects = vec![Effect::AdoptSession];
    effects.extend(load_fleet(model));
    effects.push(Effect::FindUpgradesUnderWay);
    effects
}

fn profile(model: &Model) -> String {
    match &model.session {
        Session::Ready(connection) => text::clean(&connection.profile).into_owned(),
        _ => String::new(),
    }
}

fn signed_in_words(model: &Model, signed_in: &SignedIn) -> String {
    let place = model.text(wording::place_id(signed_in.place));
    let mut words = model.texts.with("sign-in-done", &[("profile", profile(model).into()), ("place", place.into())]);
    for permission in &signed_in.lacks {
        words.push(' ');
        words.push_str(&model.texts.with(permission.lack_id(), &[("scope", permission.scope().into())]));
    }
    words
}

/// The other session could not be made; the one in use goes on.
pub fn not_replaced(model: &mut Model, problem: &Problem) -> Vec<Effect> {
    if let Some(Overlay::SignIn(form)) = model.overlays.last_mut() {
        form.checking = false;
        form.refused = Some(problem.to_text(model.texts.language()));
        return Vec::new();
    }
    say_problem(model, problem);
    Vec::new()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;
    use crate::{
        domain::graph_error::ErrorClass,
        ops::connect::Mode,
        secrets::Place,
        tui::{
            msg::{Connection, Msg},
            testing::{self, press, screen},
            update::update,
        },
    };

    const TOKEN: &str = "EAAtestTOKEN0123456789";

    fn typed_in() -> (Model, Vec<Effect>) {
        let mut model = testing::model_with_fleet();
        press(&mut model, "L");
        update(&mut model, Msg::TextPasted(format!("{TOKEN}\n")));
        let effects = press(&mut model, "enter");
        (model, effects)
    }

    fn new_session(signed_in: Option<SignedIn>) -> Msg {
        let connection = Connection {
            mode: Mode::Live { host: "graph.facebook.com".to_owned() },
            embedded: false,
            profile: "agency".to_owned(),
            version: "v26.0".to_owned(),
        };
        let preferences = testing::model_with_fleet().preferences;
        Msg::SessionReplaced(Box::new(NewSession { connection, preferences, signed_in }))
    }

    #[test]
    fn one_key_leads_from_the_sandbox_to_signing_in_and_the_token_never_shows() {
        let (mut model, effects) = typed_in();
        match effects.as_slice() {
            [Effect::SignIn { token, app_secret: None, .. }] => assert_eq!(token.expose_secret(), TOKEN),
            other => panic!("{other:?}"),
        }
        let shown = [screen(&mut model, 80, 24), screen(&mut model, 60, 15)];
        for text in shown.into_iter().chain([format!("{model:?}"), format!("{effects:?}")]) {
            assert!(!text.contains("EAAtest"), "{text}");
        }
    }

    #[test]
    fn a_refused_token_is_said_in_the_form_and_the_sandbox_goes_on() {
        let (mut model, _) = typed_in();
        let problem = Problem::new("Meta says that this token is not valid.", ErrorClass::Auth);
        update(&mut model, Msg::SessionNotReplaced(problem));
        let shown = screen(&mut model, 80, 24);
        assert!(shown.contains("Meta says that this token is not valid."), "{shown}");
        assert!(model.in_sandbox() && !model.fleet.all().is_empty());
    }

    #[test]
    fn another_session_takes_everything_of_the_old_one_with_it() {
        let (mut model, _) = typed_in();
        let lacks = vec![crate::ops::sign_in::Permission::Business];
        let effects = update(&mut model, new_session(Some(SignedIn { place: Place::File, lacks })));
        assert!(
            matches!(effects.as_slice(), [Effect::AdoptSession, Effect::LoadFleet(_), Effect::FindUpgradesUnderWay]),
            "{effects:?}"
        );
        assert!(model.fleet.all().is_empty() && model.overlays.is_empty() && !model.in_sandbox());
        let shown = screen(&mut model, 80, 24);
        assert!(shown.contains("agency") && shown.contains("portfolios cannot be listed"), "{shown}");
    }

    #[test]
    fn a_late_answer_of_the_old_session_is_dropped() {
        let mut model = testing::model_with_fleet();
        let old = model.fleet.ask(model.now);
        update(&mut model, new_session(None));
        let row = testing::account("1", "Old", "10", crate::domain::account::OnboardingStatus::Eligible);
        update(&mut model, Msg::FleetUpdated(old, crate::ops::fleet::FleetUpdate::Rows(vec![row])));
        assert!(model.fleet.all().is_empty());
    }

    #[test]
    fn the_list_of_profiles_says_where_each_token_is_and_enter_changes_to_it() {
        let mut model = testing::model_with_fleet();
        let profile = |name: &str, is_current| ProfileView {
            name: name.to_owned(),
            host: Some("graph.facebook.com".to_owned()),
            version: "v26.0".to_owned(),
            token: Some(Source::Stored(Place::File)),
            app_secret: false,
            is_default: false,
            is_current,
        };
        update(&mut model, Msg::ProfilesFound(vec![profile("agency", true), profile("shop", false)]));
        let shown = screen(&mut model, 80, 24);
        assert!(shown.contains("agency") && shown.contains("private file") && shown.contains("in use"), "{shown}");
        let effects = press(&mut model, "down enter");
        assert!(matches!(effects.as_slice(), [Effect::SwitchProfile(name)] if name == "shop"), "{effects:?}");
    }

    #[test]
    fn every_screen_of_a_sandbox_has_the_line_and_a_live_one_has_not() {
        let mut model = testing::model_with_fleet();
        for keys in ["", "enter", "esc c"] {
            press(&mut model, keys);
            for (width, height) in [(60, 15), (80, 24), (160, 48)] {
                let shown = screen(&mut model, width, height);
                let line = shown.lines().nth(1).unwrap_or_default().to_owned();
                assert!(line.contains("is real") || line.contains("here is real"), "{line}");
                assert!(line.contains('L') && !line.contains('…'), "{line}");
            }
        }
        update(&mut model, new_session(None));
        assert!(!screen(&mut model, 80, 24).contains("here is real"));
    }
}
