//! Something that has to be fetched, in each state that it can be in.

use jiff::Timestamp;

/// Which request an answer belongs to. A later request has a greater one; an answer to an earlier one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Generation(pub u64);

impl Generation {
    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A remote value: what is known of it, and how the asking stands. What is known survives both loading and failing.
#[derive(Debug, Clone, PartialEq)]
pub struct Remote<T, E> {
    /// The last answer and when it came.
    pub known: Option<(T, Timestamp)>,
    /// How the asking stands.
    pub state: State<E>,
    generation: Generation,
}

/// How the asking stands.
#[derive(Debug, Clone, PartialEq)]
pub enum State<E> {
    /// Nothing was asked.
    NotAsked,
    /// Asked at this time, not answered yet.
    Loading(Timestamp),
    /// Answered.
    Ready,
    /// Failed at this time.
    Failed(E, Timestamp),
}

impl<T, E> Default for Remote<T, E> {
    fn default() -> Self {
        Self { known: None, state: State::NotAsked, generation: Generation::default() }
    }
}

impl<T, E> Remote<T, E> {
    /// Asks anew: answers to earlier requests no longer count. Returns the generation that the answer has to carry.
    pub fn ask(&mut self, now: Timestamp) -> Generation {
        self.generation = self.generation.next();
        self.state = State::Loading(now);
        self.generation
    }

    /// Whether an answer of this generation is still wanted.
    pub fn wants(&self, generation: Generation) -> bool {
        self.generation == generation && self.is_loading()
    }

    /// Takes an answer. A late one is dropped; says whether it was taken.
    pub fn answer(&mut self, generation: Generation, result: Result<T, E>, now: Timestamp) -> bool {
        if !self.wants(generation) {
            return false;
        }
        match result {
            Ok(value) => {
                self.known = Some((value, now));
                self.state = State::Ready;
            }
            Err(error) => self.state = State::Failed(error, now),
        }
        true
    }

    /// What is known, however old.
    pub fn value(&self) -> Option<&T> {
        self.known.as_ref().map(|(value, _)| value)
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        matches!(self.state, State::Loading(_))
    }

    /// The failure, if the last asking failed.
    pub fn failure(&self) -> Option<&E> {
        match &self.state {
            State::Failed(error, _) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_late_answer_is_dropped() {
        let mut remote: Remote<&str, &str> = Remote::default();
        let first = remote.ask(at(1));
        let second = remote.ask(at(2));
        assert!(!remote.answer(first, Ok("old"), at(3)));
        assert!(remote.answer(second, Ok("new"), at(4)));
        assert_eq!(remote.value(), Some(&"new"));
    }

    #[test]
    fn what_was_known_survives_loading_and_failing() {
        let mut remote: Remote<&str, &str> = Remote::default();
        let generation = remote.ask(at(1));
        remote.answer(generation, Ok("known"), at(2));
        let generation = remote.ask(at(3));
        assert_eq!(remote.value(), Some(&"known"));
        remote.answer(generation, Err("no network"), at(4));
        assert_eq!(remote.value(), Some(&"known"));
        assert_eq!(remote.failure(), Some(&"no network"));
    }

    #[test]
    fn an_answer_counts_once() {
        let mut remote: Remote<u8, ()> = Remote::default();
        let generation = remote.ask(at(1));
        assert!(remote.answer(generation, Ok(1), at(2)));
        assert!(!remote.answer(generation, Ok(2), at(3)));
    }
}
