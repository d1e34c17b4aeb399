//! wabadeck: optimized delivery for WhatsApp Business Accounts, seen from the terminal.
