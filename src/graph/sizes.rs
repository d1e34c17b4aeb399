//! How large a page may be: what a server was willing to gather at once, learnt from its answers. Asks nothing.
//!
//! "Reduce the amount of data" is said of a page that is too large, and now and then of one that is not: a size is given up when
//! it keeps failing, not when it failed once.

use std::sync::atomic::{AtomicU32, Ordering};

/// How often a page may be halved: 100 becomes 1.
const HALVINGS: usize = 8;
/// Failures that a size is forgiven before it has done well.
const FORGIVEN: u32 = 2;
/// Failures that each success makes up for: even then it brings more rows by request than a page of half the size.
const WORTH: u32 = 3;

/// What is known of a page that was halved so many times.
#[derive(Debug, Default)]
struct Level {
    failed: AtomicU32,
    succeeded: AtomicU32,
}

impl Level {
    fn works(&self) -> bool {
        let succeeded = self.succeeded.load(Ordering::Relaxed);
        self.failed.load(Ordering::Relaxed) < FORGIVEN.saturating_add(succeeded.saturating_mul(WORTH))
    }
}

/// What is known of each size. Lists that ask for the same share one.
#[derive(Debug, Default)]
pub struct Sizes {
    levels: [Level; HALVINGS],
}

impl Sizes {
    /// How many times a page is best halved, at least so many times as asked.
    pub fn halvings(&self, at_least: u32) -> u32 {
        let last = u32::try_from(HALVINGS - 1).unwrap_or(0);
        let works = self.levels.iter().zip(0..).filter(|(_, halvings)| *halvings >= at_least).find(|(level, _)| level.works());
        works.map_or(last, |(_, halvings)| halvings)
    }

    /// Rows of a page that is halved so many times.
    pub fn rows(largest: u32, halvings: u32) -> u32 {
        largest.checked_shr(halvings).unwrap_or(0).max(1)
    }

    /// A page that was halved so many times was too much.
    pub fn failed(&self, halvings: u32) {
        self.count(halvings, |level| &level.failed);
    }

    /// A page that was halved so many times came.
    pub fn succeeded(&self, halvings: u32) {
        self.count(halvings, |level| &level.succeeded);
    }

    /// Lets half of it be forgotten, so that a size that is too large today is tried again tomorrow.
    pub fn forget_half(&self) {
        for level in &self.levels {
            for count in [&level.failed, &level.succeeded] {
                count.store(count.load(Ordering::Relaxed) / 2, Ordering::Relaxed);
            }
        }
    }

    fn count(&self, halvings: u32, of: fn(&Level) -> &AtomicU32) {
        let level = usize::try_from(halvings).ok().and_then(|place| self.levels.get(place));
        if let Some(level) = level {
            of(level).fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_always_fails_is_given_up_and_tried_again_much_later() {
        let sizes = Sizes::default();
        assert_eq!((sizes.halvings(0), sizes.halvings(1)), (0, 1), "who has seen it fail asks for less at once");
        sizes.failed(0);
        assert_eq!(sizes.halvings(0), 0, "once is nothing");
        sizes.failed(0);
        sizes.succeeded(1);
        assert_eq!(sizes.halvings(0), 1);
        sizes.forget_half();
        assert_eq!(sizes.halvings(0), 0);
    }

    #[test]
    fn a_size_that_mostly_comes_is_kept_though_many_fail_at_once() {
        let sizes = Sizes::default();
        (0..10).for_each(|_| sizes.succeeded(0));
        (0..16).for_each(|_| sizes.failed(0));
        assert_eq!(sizes.halvings(0), 0);
    }

    #[test]
    fn no_page_is_smaller_than_one_row() {
        let sizes = Sizes::default();
        (0..9).for_each(|level| (0..9).for_each(|_| sizes.failed(level)));
        assert_eq!(Sizes::rows(100, sizes.halvings(0)), 1);
        assert_eq!([0, 1, 2, 40].map(|halvings| Sizes::rows(100, halvings)), [100, 50, 25, 1]);
    }
}
