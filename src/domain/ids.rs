//! Ids of Graph objects. They are strings of digits that exceed 2^53 in places, so they are never numbers here.

use compact_str::CompactString;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(CompactString);

        impl $name {
            /// Takes the id as it was given.
            pub fn new(id: impl Into<CompactString>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self::new(id)
            }
        }
    };
}

id! {
    /// A WhatsApp Business Account.
    WabaId
}
id! {
    /// A business portfolio (a Business node), which owns or is given WABAs.
    PortfolioId
}
id! {
    /// A phone-number id, the one that messages are sent from.
    PhoneNumberId
}
id! {
    /// A message template.
    TemplateId
}
id! {
    /// A sent message (`wamid.…`).
    MessageId
}
