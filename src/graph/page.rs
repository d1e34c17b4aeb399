//! Lists, page by page: asked again with a smaller page or fewer fields where Meta wants that, and never in a circle.
//!
//! The next page is asked for by our own address with `after`: Meta's `next` may carry the token.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use compact_str::CompactString;
use serde::de::DeserializeOwned;

use super::{Call, Client, Depth, DroppedFields, GraphError, sizes::Sizes, wire::Page};

/// The largest page that Meta's edges accept (Meta: owned WhatsApp business accounts, phone numbers).
pub const LARGEST_PAGE: u32 = 100;

/// More pages than any real list has.
const MOST_PAGES: usize = 10_000;

/// Which fields rows are asked with, given what is known not to exist.
struct Fields(Box<FieldsOf>);

type FieldsOf = dyn Fn(&DroppedFields, Depth) -> String + Send + Sync;

impl std::fmt::Debug for Fields {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Fields")
    }
}

/// A list that can be asked for.
#[derive(Debug)]
pub struct List {
    path: String,
    params: Vec<(&'static str, String)>,
    fields: Fields,
    largest: u32,
    sizes: Arc<Sizes>,
    core_only: AtomicBool,
    may_fall_back: bool,
    may_shrink: bool,
}

impl List {
    /// A list at a path, whose rows have these fields.
    pub fn new(path: impl Into<String>, fields: impl Fn(&DroppedFields, Depth) -> String + Send + Sync + 'static) -> Self {
        Self {
            path: path.into(),
            params: Vec::new(),
            fields: Fields(Box::new(fields)),
            largest: LARGEST_PAGE,
            sizes: Arc::default(),
            core_only: AtomicBool::new(false),
            may_fall_back: false,
            may_shrink: true,
        }
    }

    /// Adds a parameter to every page.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    /// Asks for pages of that size at most.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.largest = limit;
        self
    }

    /// Shares what is learnt about sizes with lists of the same kind.
    #[must_use]
    pub fn learn_with(mut self, sizes: &Arc<Sizes>) -> Self {
        self.sizes = Arc::clone(sizes);
        self
    }

    /// Where the token may not read the fields, asks for those that it may read before it gives up.
    #[must_use]
    pub fn fall_back_to_core(mut self) -> Self {
        self.may_fall_back = true;
        self
    }

    /// Does not try smaller pages: whoever asks has another way.
    #[must_use]
    pub fn in_one_size(mut self) -> Self {
        self.may_shrink = false;
        self
    }

    /// The size of a page at the moment.
    pub fn page_size(&self) -> u32 {
        Sizes::rows(self.largest, self.sizes.halvings(0))
    }

    /// One page, after a cursor, with further parameters.
    ///
    /// # Errors
    /// What no smaller page and no fewer fields could mend.
    pub async fn page<T: DeserializeOwned>(
        &self,
        client: &Client,
        after: Option<&str>,
        extra: &[(&'static str, String)],
    ) -> Result<Page<T>, GraphError> {
        // Whatever the others do: this page is not asked for again in a size in which it failed.
        let mut at_least = 0;
        loop {
            let core = self.core_only.load(Ordering::Relaxed);
            let depth = if core { Depth::Core } else { Depth::List };
            let halvings = if self.may_shrink { self.sizes.halvings(at_least) } else { 0 };
            let limit = Sizes::rows(self.largest, halvings);
            let numbers = client.dropped().nested_numbers();
            let Fields(fields) = &self.fields;
            let fields = fields(client.dropped(), depth);
            let nests_numbers = fields.contains("phone_numbers.limit(");
            let mut call = Call::new(&self.path).with("fields", fields).with("limit", limit.to_string());
            for (name, value) in self.params.iter().chain(extra) {
                call = call.with(name, value.clone());
            }
            if let Some(after) = after {
                call = call.with("after", after);
            }
            let error = match client.get::<Page<T>>(&call).await {
                Ok(page) if page.present => {
                    self.sizes.succeeded(halvings);
                    return Ok(page);
                }
                Ok(_) => {
                    return Err(GraphError::Unreadable {
                        host: client.host().to_owned(),
                        status: 200,
                        reason: "a list was asked for and none came".to_owned(),
                    });
                }
                Err(error) => error,
            };
            if self.may_shrink && error.is_too_much_data() {
                self.sizes.failed(halvings);
                if limit > 1 {
                    tracing::info!(path = self.path, limit, "Meta wants a smaller page");
                    at_least = halvings + 1;
                    continue;
                }
                if nests_numbers && client.dropped().fewer_numbers(numbers) {
                    continue;
                }
            }
            if client.dropped().learn(&error) {
                continue;
            }
            if self.may_fall_back && !core && matches!(error.code(), Some(10 | 200)) && after.is_none() {
                self.core_only.store(true, Ordering::Relaxed);
                match Box::pin(self.page(client, after, extra)).await {
                    Ok(page) => return Ok(page),
                    Err(_) => return Err(error),
                }
            }
            return Err(error);
        }
    }

    /// All pages, one after the other.
    ///
    /// # Errors
    /// The first page that fails; the rows before it are lost.
    pub async fn all<T: DeserializeOwned>(&self, client: &Client) -> Result<Vec<T>, GraphError> {
        let mut rows = Vec::new();
        let mut cursors = Cursors::default();
        let mut after: Option<CompactString> = None;
        loop {
            let page = self.page::<T>(client, after.as_deref(), &[]).await?;
            rows.extend(page.rows);
            after = match page.after {
                Some(next) if cursors.is_new(&next) => Some(next),
                _ => return Ok(rows),
            };
        }
    }
}

/// The cursors of a list that were followed, against lists that lead in a circle.
#[derive(Debug, Default)]
pub struct Cursors(HashSet<CompactString>);

impl Cursors {
    /// Whether the cursor leads on; a repeated one does not.
    pub fn is_new(&mut self, cursor: &str) -> bool {
        let is_new = self.0.len() < MOST_PAGES && self.0.insert(cursor.into());
        if !is_new {
            tracing::warn!("A list of Meta's repeats a cursor; what came so far is all of it");
        }
        is_new
    }
}
