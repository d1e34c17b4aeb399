//! `wabadeck logout`: removes the secrets of a profile everywhere they are found.

use super::{
    App, Exit, Failure,
    output::{self, complain},
};
use crate::{ops::sign_in, paths::ProcessEnvironment};

/// Arguments of `wabadeck logout`: only those of every command.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Signs out.
pub fn run(app: &App, _: &Args) -> Result<Exit, Failure> {
    let settings = app.settings()?;
    let forgotten = sign_in::forget(settings, &ProcessEnvironment)?;
    let texts = &app.texts;
    let profile = || ("profile", settings.profile.clone().into());
    let words = if forgotten.places.is_empty() {
        texts.with("logout-nothing", &[profile()])
    } else {
        let places =
            forgotten.places.iter().map(|place| texts.get(crate::wording::place_id(*place)).into_owned()).collect::<Vec<_>>();
        texts.with("logout-done", &[profile(), ("places", places.join(", ").into())])
    };
    let printed = output::print(&format!("{words}\n"));
    for variable in &forgotten.variables {
        complain(&texts.with("logout-variable", &[("variable", (*variable).into())]));
    }
    for error in &forgotten.failed {
        complain(error);
    }
    Ok(if forgotten.failed.is_empty() { printed } else { Exit::Failed })
}
