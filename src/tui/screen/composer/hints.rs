//! Which commands the footer names on which tab of the composer. A tab's own keys come first: what holds everywhere is on
//! every other screen's footer as well.

use crate::{
    domain::status::StatusClass,
    tui::{
        command::CommandId,
        model::{Model, composer::Tab},
        widget::bubble::Device,
    },
};

/// How early a command stands among the hints of the tab that is shown; `None` leaves it where the table of commands has it,
/// 0 leaves it out.
pub fn rank(model: &Model, command: CommandId) -> Option<u8> {
    use CommandId as Id;
    let tab = model.composer.tab;
    Some(match (tab, command) {
        (_, Id::ShowComposer | Id::Explain | Id::ShowActivity | Id::ShowResults) => 0,
        // The line of the sandbox names its key already.
        (_, Id::SignIn) => 12,
        (_, Id::GoBack) => 60,
        (_, Id::Refresh) => 40,
        (Tab::Settings, Id::OpenUpgrade) if can_be_upgraded(model) => 87,
        (_, Id::OpenUpgrade) => 14,
        (Tab::Preview, Id::NextCard) => 86,
        (Tab::Preview, Id::ChangeDevice) => 85,
        (Tab::Preview, Id::CompareLanguages) => 84,
        (Tab::Preview, Id::ChangeColours) => 83,
        (_, Id::ChangeDevice | Id::CompareLanguages | Id::ChangeColours) => 0,
        (Tab::Compose, Id::FillExamples) => 86,
        (Tab::Compose, Id::PickTemplate) => 85,
        (Tab::Compose, Id::PickAccount) => 84,
        (Tab::Compose, Id::FindDrafts) => 83,
        (Tab::Settings | Tab::Test, Id::ShowChecks) => 85,
        (Tab::Settings | Tab::Test, Id::ShowRequest) => 84,
        (Tab::Test, Id::PickTemplate) => 48,
        (Tab::Test, Id::PickAccount) => 47,
        (Tab::Preview, Id::Send) => 55,
        _ => return None,
    })
}

fn can_be_upgraded(model: &Model) -> bool {
    model.composed_account().is_some_and(|account| account.onboarding.class() == StatusClass::Actionable)
}

/// Keys and words that the footer has in the place of a command's own, where one command alone would tell half of it.
pub fn for_footer(model: &Model, command: CommandId) -> Option<(Option<String>, String)> {
    match command {
        CommandId::NextCard => {
            let keys = [CommandId::PreviousCard, CommandId::NextCard].map(|id| model.keymap.hint(id).unwrap_or_default());
            let id = if super::compares_languages(model) { "composer-hint-languages" } else { "composer-hint-cards" };
            Some((Some(keys.join(" ")), model.text(id)))
        }
        CommandId::ChangeDevice => {
            let id = match model.composer.look.device {
                Device::Phone => "composer-hint-desktop",
                Device::Desktop => "composer-hint-phone",
            };
            Some((None, model.text(id)))
        }
        CommandId::ChangeColours => Some((None, model.text("composer-hint-colours"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::account::OnboardingStatus,
        tui::{model::composer::fixtures::*, testing},
    };

    fn footer(model: &mut crate::tui::model::Model, width: u16) -> String {
        let screen = testing::screen(model, width, 24);
        screen.lines().rfind(|line| line.contains("quit")).unwrap_or_default().to_owned()
    }

    #[test]
    fn each_tab_names_its_own_keys_in_eighty_columns() {
        let mut model = composer_with(OnboardingStatus::Onboarded, vec![carousel()]);
        let compose = footer(&mut model, 80);
        assert!(compose.contains("^e fill examples") && compose.contains("F4 account"), "{compose}");
        testing::press(&mut model, "ctrl-e tab");
        let settings = footer(&mut model, 80);
        assert!(settings.contains("^k checks"), "{settings}");
        testing::press(&mut model, "tab");
        let preview = footer(&mut model, 80);
        assert!(preview.contains("← → cards") && preview.contains("^p desktop") && preview.contains("^l colors"), "{preview}");
        assert!(!preview.contains("Upgrade"), "{preview}");
        testing::press(&mut model, "ctrl-p");
        assert!(footer(&mut model, 80).contains("^p phone"));

        let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
        testing::press(&mut model, "ctrl-e tab tab tab");
        testing::type_text(&mut model, "+55 11 91234 5678");
        let test = footer(&mut model, 80);
        assert!(test.contains("^s send test") && test.contains("^k checks") && test.contains("^r request"), "{test}");
    }
}
