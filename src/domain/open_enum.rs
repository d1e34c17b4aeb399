//! Enums as Meta sends them: a known set, and room for values that Meta adds later.

/// Declares an open enum: known values with their spelling on the wire, and `Unknown` for every other one.
///
/// Spelling is compared without case, because Meta's own pages disagree on it. An unknown value is kept as it was sent.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $wire:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A value that this version does not know, as Meta sent it; empty when Meta sent none.
            Unknown($crate::domain::AsSent),
        }

        impl $name {
            /// Every known value, in the order of declaration.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// Reads the spelling on the wire, without regard to case.
            pub fn from_wire(value: &str) -> Self {
                $(if value.eq_ignore_ascii_case($wire) { return Self::$variant; })+
                Self::Unknown(value.into())
            }

            /// The spelling on the wire; for an unknown value what Meta sent (not cleaned for a terminal).
            pub fn as_wire(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)+
                    Self::Unknown(value) => value,
                }
            }

            /// Whether this version knows the value.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown($crate::domain::AsSent::default())
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use crate::domain::account::OnboardingStatus;

    #[test]
    fn every_known_value_survives_the_wire() {
        for status in OnboardingStatus::KNOWN {
            assert_eq!(&OnboardingStatus::from_wire(status.as_wire()), status);
            assert_eq!(&OnboardingStatus::from_wire(&status.as_wire().to_lowercase()), status);
        }
    }

    #[test]
    fn an_unknown_value_is_kept_as_sent() {
        let status = OnboardingStatus::from_wire("Brand_New");
        assert!(!status.is_known());
        assert_eq!(status.as_wire(), "Brand_New");
    }
}
