//! One call, before it is made: where to, with which parameters, on whose account. Makes none.

use crate::graph::Subject;

/// One call: where to, with which parameters, on whose account.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) subject: Subject,
}

impl Call {
    /// A call to a path under the version, for example `123/phone_numbers`. An id at its start is whose limit counts.
    pub fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        let first = path.split('/').next().unwrap_or_default();
        let is_id = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
        let subject = if is_id { Subject::Object(first.to_owned()) } else { Subject::App };
        Self { path, query: Vec::new(), subject }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }
}
