//! The one table of commands. It feeds dispatch, the footer's hints, `?` help, the `:` palette, user key bindings and `docs/keys.md`.
//!
//! What a command does is in `update`; here stands everything else there is to know about it.

use super::{key::Key, model::Model};

/// Where a command holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// On every screen, unless something more special takes the key.
    Everywhere,
    /// On the accounts screen.
    Accounts,
    /// On the details of one account, shown on their own.
    Account,
    /// In the activity.
    Activity,
    /// In the results.
    Results,
    /// In the composer.
    Composer,
    /// In the chooser and the progress of an upgrade.
    Upgrade,
}

impl Scope {
    /// All scopes, in the order of help and docs.
    pub const ALL: [Self; 7] =
        [Self::Everywhere, Self::Accounts, Self::Account, Self::Activity, Self::Results, Self::Composer, Self::Upgrade];

    /// The id of the scope's title among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Everywhere => "scope-everywhere",
            Self::Accounts => "scope-accounts",
            Self::Account => "scope-account",
            Self::Activity => "scope-activity",
            Self::Results => "scope-results",
            Self::Composer => "scope-composer",
            Self::Upgrade => "scope-upgrade",
        }
    }
}

/// Whether a command can run now; `Err` is the reason why not, in the reader's language.
pub type Enabled = Result<(), String>;

/// A command and all that is known of it.
#[derive(Debug)]
pub struct Command {
    /// What dispatch goes by.
    pub id: CommandId,
    /// Its name in the configuration, verb after object: `account.open`.
    pub name: &'static str,
    /// Where it holds.
    pub scope: Scope,
    /// Its keys unless the user binds others.
    pub keys: &'static [&'static str],
    /// How early it stands among the footer's hints; 0 keeps it out of the footer.
    pub hint_rank: u8,
    /// Whether it reaches real people or cannot be undone, so that it asks first.
    pub dangerous: bool,
    /// Whether it can run now.
    pub enabled: fn(&Model) -> Enabled,
}

impl Command {
    /// The id of its title among the texts.
    pub fn title_id(&self) -> String {
        format!("command-{}", self.name.replace('.', "-"))
    }

    /// The id of its one-sentence help among the texts.
    pub fn help_id(&self) -> String {
        format!("command-{}-help", self.name.replace('.', "-"))
    }

    /// The default keys, read.
    pub fn default_keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().filter_map(|spelled| spelled.parse().ok())
    }
}

macro_rules! commands {
    ($($id:ident $name:literal $scope:ident $keys:expr, rank $rank:literal $(, dangerous $danger:literal)? $(, when $enabled:expr)?;)+) => {
        /// Every command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each is explained by its help text in the locales")]
        pub enum CommandId { $($id,)+ }

        /// The table.
        pub const COMMANDS: &[Command] = &[$(Command {
            id: CommandId::$id,
            name: $name,
            scope: Scope::$scope,
            keys: &$keys,
            hint_rank: $rank,
            dangerous: false $(|| $danger)?,
            enabled: { #[allow(unused_mut, unused_assignments)] { let mut enabled: fn(&Model) -> Enabled = always; $(enabled = $enabled;)? enabled } },
        }),+];
    };
}

commands! {
    Quit "app.quit" Everywhere ["q", "ctrl-c"], rank 10;
    Suspend "app.suspend" Everywhere ["ctrl-z"], rank 0;
    OpenHelp "help.open" Everywhere ["?", "f1"], rank 90;
    OpenPalette "palette.open" Everywhere [":"], rank 20;
    SignIn "session.sign-in" Everywhere ["L"], rank 72, when super::model::can_sign_in;
    SwitchProfile "profile.switch" Everywhere ["P"], rank 25, when super::update::session::can_leave;
    GoBack "view.back" Everywhere ["esc"], rank 87, when super::model::can_go_back;
    ShowAccounts "accounts.show" Everywhere ["1"], rank 0;
    ShowComposer "composer.show" Everywhere ["c", "2"], rank 60, when super::model::can_compose;
    ShowActivity "activity.show" Everywhere ["a", "3"], rank 55;
    ShowResults "results.show" Everywhere ["R", "4"], rank 35, when super::model::has_selection;
    Refresh "fleet.refresh" Everywhere ["r", "f5"], rank 50, when super::model::can_refresh;
    OpenBenefits "benefits.open" Everywhere ["b"], rank 30;
    OpenUpgrade "upgrade.open" Everywhere ["u"], rank 80, when super::model::can_open_upgrade;
    JumpToRestricted "restricted.show" Everywhere ["i"], rank 0, when super::model::has_restricted;
    DismissBanner "banner.dismiss" Everywhere ["x"], rank 0, when super::model::has_banner;
    CopyFailure "failure.copy" Everywhere ["Y"], rank 0, when super::model::has_failure;
    Explain "explain.open" Everywhere ["e", "f2"], rank 35;
    OpenSupport "support.open" Everywhere ["H"], rank 0;
    MoveUp "move.up" Everywhere ["up", "k"], rank 0;
    MoveDown "move.down" Everywhere ["down", "j"], rank 0;
    MovePageUp "move.page-up" Everywhere ["pageup", "ctrl-b"], rank 0;
    MovePageDown "move.page-down" Everywhere ["pagedown", "ctrl-f"], rank 0;
    MoveFirst "move.first" Everywhere ["home", "g"], rank 0;
    MoveLast "move.last" Everywhere ["end", "G"], rank 0;
    OpenAccount "account.open" Accounts ["enter"], rank 85, when super::model::has_selection;
    Filter "accounts.filter" Accounts ["/"], rank 70;
    Sort "accounts.sort" Accounts ["s"], rank 65;
    ReverseSort "accounts.reverse" Accounts ["S"], rank 0;
    CopyAccount "account.copy" Accounts ["y"], rank 0, when super::model::has_selection;
    CopyOpenAccount "account.copy-open" Account ["y"], rank 40, when super::model::has_selection;
    CopySection "account.copy-section" Account ["ctrl-y"], rank 0, when super::model::has_selection;
    NextSection "account.next-section" Account ["tab", "right"], rank 84;
    PreviousSection "account.previous-section" Account ["backtab", "left"], rank 0;
    OpenLink "account.open-link" Account ["o"], rank 45, when super::model::account::has_link;
    MakeReport "account.report" Account ["B"], rank 55, when super::model::has_selection;
    NextUpgrade "upgrade.next" Upgrade ["n"], rank 50;
    FilterUpgrades "upgrade.filter" Upgrade ["/"], rank 40, when super::model::upgrade_list_is_open;
    ShowUpgrades "upgrade.show" Upgrade ["tab"], rank 35, when super::model::upgrade_list_is_open;
    CopyUpgradeAddress "upgrade.copy-address" Upgrade ["y"], rank 30, when super::model::upgrade_page_is_open;
    AbandonUpgrade "upgrade.abandon" Upgrade ["a"], rank 60, dangerous true, when super::model::upgrade_page_waits;
    OpenEventAccount "activity.open-account" Activity ["enter"], rank 85, when super::update::activity::has_event;
    FilterActivity "activity.filter" Activity ["/"], rank 70;
    PickActivityAccount "activity.account" Activity ["a"], rank 69, when super::model::has_accounts;
    PickActivityKind "activity.kind" Activity ["f"], rank 68;
    PickActivityPeriod "activity.period" Activity ["t"], rank 67;
    CopyEvent "activity.copy" Activity ["y"], rank 40, when super::update::activity::has_event;
    PickResults "results.template" Results ["p"], rank 85, when super::update::results::has_templates;
    NextPeriod "results.period" Results ["t"], rank 70;
    ExportRetarget "results.export" Results ["E"], rank 65;
    EnableInsights "results.enable" Results ["I"], rank 0, dangerous true, when super::update::results::can_enable;
    NextTab "composer.next-tab" Composer ["tab"], rank 88;
    PreviousTab "composer.previous-tab" Composer ["backtab"], rank 0;
    PickTemplate "composer.pick-template" Composer ["ctrl-t"], rank 75;
    PickAccount "composer.pick-account" Composer ["f4"], rank 69, when super::model::has_accounts;
    Send "composer.send" Composer ["ctrl-s"], rank 86, dangerous true, when super::model::can_send;
    ShowChecks "composer.show-checks" Composer ["ctrl-k"], rank 45, when super::model::composer::has_checks;
    ShowRequest "composer.show-request" Composer ["ctrl-r"], rank 42, when super::model::can_show_request;
    CopyRequest "composer.copy-request" Composer ["ctrl-y"], rank 0, when super::model::can_show_request;
    FindDrafts "composer.drafts" Composer ["ctrl-o"], rank 41;
    ExportDraft "composer.export-draft" Composer ["ctrl-x"], rank 0, when super::model::composer::has_draft;
    FillExamples "composer.fill-examples" Composer ["ctrl-e"], rank 70, when super::model::composer::can_fill_examples;
    NewMessage "composer.new" Composer ["ctrl-n"], rank 30;
    ChangeDevice "composer.change-device" Composer ["ctrl-p"], rank 46;
    TogglePictures "composer.toggle-pictures" Composer ["f3"], rank 0;
    ChangeColours "composer.change-colours" Composer ["ctrl-l"], rank 0, when super::model::composer::can_change_colours;
    CompareLanguages "composer.compare-languages" Composer ["ctrl-g"], rank 45, when super::model::composer::has_languages;
    NextCard "composer.next-card" Composer ["right", "alt-right"], rank 0, when super::model::composer::has_cards;
    PreviousCard "composer.previous-card" Composer ["left", "alt-left"], rank 0, when super::model::composer::has_cards;
}

fn always(_: &Model) -> Enabled {
    Ok(())
}

/// The command with this id.
pub fn command(id: CommandId) -> &'static Command {
    #[expect(clippy::indexing_slicing, reason = "the macro makes table and ids together, in the same order; a test checks it")]
    &COMMANDS[id as usize]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::{Language, Texts};

    #[test]
    fn the_table_is_in_the_order_of_its_ids() {
        for (index, entry) in COMMANDS.iter().enumerate() {
            assert_eq!(entry.id as usize, index);
            assert_eq!(command(entry.id).name, entry.name);
        }
    }

    #[test]
    fn every_command_has_a_title_and_help_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for command in COMMANDS {
                assert!(texts.has(&command.title_id()), "{language:?} {}", command.title_id());
                assert!(texts.has(&command.help_id()), "{language:?} {}", command.help_id());
            }
        }
    }

    #[test]
    fn every_default_key_can_be_read() {
        for command in COMMANDS {
            assert_eq!(command.default_keys().count(), command.keys.len(), "{}", command.name);
        }
    }

    #[test]
    fn no_two_commands_of_a_scope_share_a_key_or_a_name() {
        let mut keys = BTreeSet::new();
        let mut names = BTreeSet::new();
        for command in COMMANDS {
            assert!(names.insert(command.name), "{} stands twice", command.name);
            for key in command.default_keys() {
                assert!(keys.insert((command.scope, key)), "{key} of {} is taken in {:?}", command.name, command.scope);
            }
        }
    }
}
