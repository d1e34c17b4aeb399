//! The sandbox lives: accounts change by script, at random, or when told to, and their subscribers hear of it as they would
//! from Meta. What a change does is in [`change`]; here is only when it happens.

mod change;
mod script;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::time::Instant;

pub use change::{Change, Happened};
pub use script::{Script, ScriptError};

use super::seed;
use super::server::Shared;
use super::state::Node;
use super::webhooks;

/// Shortest and longest pause between two changes at random, in milliseconds at speed 1.
const PAUSES: (u64, u64) = (12_000, 36_000);

/// How long a restriction lasts at speed 1.
const RESTRICTED: Duration = Duration::from_secs(3 * 86_400);

/// How accounts change by themselves.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// What happens when; without one anything happens at random, the same for the same seed.
    pub script: Option<Script>,
    /// How many times faster than real time; 0 counts as 1.
    pub speed: u32,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum Unchanged {
    /// No such object.
    #[error("there is no object {0} in this sandbox")]
    Unknown(String),
    /// Nothing in the state that the change needs.
    #[error("nothing here can {word} at the moment{whom}", whom = .id.as_deref().map(|id| format!(" ({id})")).unwrap_or_default())]
    Unfit {
        /// The change's word.
        word: &'static str,
        /// What was asked for.
        id: Option<String>,
    },
}

/// Makes a change happen now, to an object or to any that suits, and tells its subscribers.
///
/// # Errors
/// An object that does not exist, or none that suits.
pub fn happen(shared: &Arc<Shared>, change: Change, id: Option<&str>, length: Duration) -> Result<Happened, Unchanged> {
    let mut notices = Vec::new();
    let happened = shared.change(|world| {
        let within = match id {
            Some(id) => Some(world.find(id).ok_or_else(|| Unchanged::Unknown(id.chars().take(40).collect()))?),
            None => None,
        };
        let candidates = change::candidates(world, change, within);
        let draw = seed::draw(world.seed, world.make(), 0x6C69_7665);
        let chosen: Option<&Node> = seed::pick(draw, &candidates);
        let chosen = chosen.ok_or_else(|| Unchanged::Unfit { word: change.word(), id: id.map(str::to_owned) })?;
        let seconds = i64::try_from(length.as_secs()).unwrap_or(i64::MAX).max(1);
        Ok(change::apply(world, change, *chosen, seconds, &mut notices))
    })?;
    webhooks::dispatch(shared, notices);
    // Without a reader nobody wants to know.
    let _ = shared.happened.send(happened.clone());
    Ok(happened)
}

/// How long a restriction lasts when nobody says so.
pub fn usual_length() -> Duration {
    RESTRICTED
}

/// Lets things happen until the script is over, or for ever.
pub async fn run(shared: Arc<Shared>, live: Live) {
    let speed = live.speed.max(1);
    let stop = shared.stop.clone();
    let life = async {
        match live.script {
            Some(script) => play(&shared, &script, speed).await,
            None => wander(&shared, speed).await,
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = life => {}
    }
}

async fn play(shared: &Arc<Shared>, script: &Script, speed: u32) {
    for step in script.steps() {
        tokio::time::sleep(step.after / speed).await;
        if let Err(reason) = happen(shared, step.change, step.id.as_deref(), RESTRICTED / speed) {
            tracing::warn!(%reason, "A line of the sandbox's script did nothing");
        }
    }
}

async fn wander(shared: &Arc<Shared>, speed: u32) {
    let seed = shared.world(|world| world.seed);
    // Who is restricted until when: what was restricted here is reinstated when its time is over.
    let mut restricted: Vec<(Instant, String)> = Vec::new();
    for number in 0_u64.. {
        let (shortest, longest) = PAUSES;
        let pause = shortest + seed::below(seed::draw(seed, number, 0x7061_7573), longest - shortest + 1);
        let due = Instant::now() + Duration::from_millis(pause) / speed;
        while let Some(at) = restricted.iter().map(|(at, _)| *at).min().filter(|at| *at <= due) {
            tokio::time::sleep_until(at).await;
            let over: Vec<String> = restricted.extract_if(.., |(until, _)| *until <= at).map(|(_, id)| id).collect();
            for id in over {
                // Somebody may have been quicker.
                let _ = happen(shared, Change::Reinstate, Some(&id), RESTRICTED);
            }
        }
        tokio::time::sleep_until(due).await;
        let first = seed::draw(seed, number, 0x6B69_6E64);
        // What does not suit at the moment makes room for the next that does.
        let happened = (0..Change::ALL.len() as u64).find_map(|more| {
            let change = seed::pick(first.wrapping_add(more), &Change::ALL)?;
            // Restrictions end by themselves.
            let wanted = *change != Change::Reinstate;
            wanted.then(|| happen(shared, *change, None, RESTRICTED / speed).ok()).flatten()
        });
        if let Some(happened) = happened.filter(|happened| happened.change == Change::Restrict) {
            restricted.push((Instant::now() + RESTRICTED / speed, happened.id));
        }
    }
}

/// Where everything that happens is told.
pub fn channel() -> broadcast::Sender<Happened> {
    broadcast::channel(256).0
}
