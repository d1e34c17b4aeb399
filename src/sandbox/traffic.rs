//! What the sandbox remembers of messages: those it took, the open service windows, and who was reached in a day.
//! It must not send webhooks.

use std::collections::{HashMap, VecDeque};

use serde_json::{Value, json};

use super::clock::DAY;
use super::delivery::Message;
use super::state::{Node, World};

/// Messages that are kept for reading back.
const KEPT: usize = 1_000;

/// Messages and what follows from them.
#[derive(Debug, Default)]
pub struct Traffic {
    /// Accepted messages, the latest last.
    pub messages: VecDeque<Message>,
    /// When a recipient last wrote to a number, in unix seconds.
    windows: HashMap<(Node, String), i64>,
    /// Recipients of a portfolio outside service windows, and when they were last reached.
    reached: HashMap<u32, HashMap<String, i64>>,
}

impl World {
    /// Keeps an accepted message.
    pub fn remember(&mut self, message: Message) {
        if message.template.is_some()
            && let Some(portfolio) = self.owner(Node::Account(message.account))
        {
            let reached = self.traffic.reached.entry(portfolio).or_default();
            if reached.len() < 200_000 {
                reached.insert(message.recipient.clone(), message.accepted);
            }
        }
        self.traffic.messages.push_back(message);
        while self.traffic.messages.len() > KEPT {
            self.traffic.messages.pop_front();
        }
    }

    /// Opens the service window between a number and somebody who wrote to it.
    pub fn open_window(&mut self, number: Node, writer: &str) {
        let now = self.clock.now();
        self.traffic.windows.insert((number, writer.to_owned()), now);
    }

    /// Whether the service window is open.
    pub fn window_open(&self, number: Node, writer: &str) -> bool {
        let opened = self.traffic.windows.get(&(number, writer.to_owned()));
        opened.is_some_and(|opened| self.clock.now() - opened < DAY)
    }

    /// Whether the portfolio has reached as many people within a day as its messaging limit allows.
    pub fn over_limit(&self, message: &Message) -> bool {
        let Some(portfolio) = self.owner(Node::Account(message.account)) else { return false };
        let limit = match self.text(Node::Business(portfolio), "whatsapp_business_manager_messaging_limit").as_deref() {
            Some("TIER_50") => 50,
            Some("TIER_250") => 250,
            Some("TIER_1K") => 1_000,
            Some("TIER_2K") => 2_000,
            Some("TIER_10K") => 10_000,
            Some("TIER_100K") => 100_000,
            _ => return false,
        };
        let Some(reached) = self.traffic.reached.get(&portfolio).filter(|reached| reached.len() >= limit) else { return false };
        let day_ago = self.clock.now() - DAY;
        let recent = |time: &i64| *time > day_ago;
        !reached.get(&message.recipient).is_some_and(recent) && reached.values().filter(|time| recent(time)).count() >= limit
    }

    /// The kept messages, the latest first, for the control endpoint.
    pub fn told_messages(&self) -> Vec<Value> {
        let told = |message: &Message| {
            json!({
                "id": message.id,
                "phone_number_id": self.id(message.number).to_string(),
                "waba_id": self.id(Node::Account(message.account)).to_string(),
                "to": message.recipient,
                "type": message.kind,
                "template": message.template.and_then(|node| self.text(node, "name")),
                "category": message.route.category(),
                "strict": message.strict,
                "accepted": message.accepted,
                "fails_with": super::delivery::failure(self, message),
            })
        };
        self.traffic.messages.iter().rev().map(told).collect()
    }
}
