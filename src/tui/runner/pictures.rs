//! Looks at the files of messages in the background.

use super::Runner;
use crate::{domain::template::MediaKind, ops, tui::msg::Msg};

impl Runner {
    pub(super) fn look_at_file(&mut self, source: String, kind: MediaKind) {
        let Some(session) = self.session() else { return };
        self.report(async move {
            let result = ops::media::look(&session, &source, kind).await;
            Msg::FileLookedAt(source, result)
        });
    }
}
